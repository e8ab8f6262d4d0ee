using System.Data.Common;
using Dapper;

namespace Issuer.Storage.Schema;

/// <summary>What a store says of a script.</summary>
/// <param name="Kind">Null: written by a program that kept the number alone, like <paramref name="Checksum"/>.</param>
/// <param name="Step">The step it is in, from 0 on; null: it is done.</param>
/// <param name="DoneTo">How far a fill has come; null: no row yet.</param>
sealed record SchemaRow(long Number, string? Kind, string? Checksum, long? Step, long? DoneTo)
{
    public bool IsDone => Step is null;
}

/// <summary>What is in a store before anything is done to it.</summary>
/// <param name="Columns">Of <c>schema_version</c>, a name that other tools use too; none: it is not there.</param>
/// <param name="Rows">Of that table, by number; none where it is not ours.</param>
sealed record FoundSchema(
    IReadOnlySet<string> Tables, IReadOnlySet<string> Columns, IReadOnlyList<SchemaRow> Rows)
{
    public const string Table = "schema_version";

    /// <summary>A table of the first script, which no later one drops.</summary>
    const string OurFirst = "setting";

    public static FoundSchema Nothing { get; } = new(new HashSet<string>(), new HashSet<string>(), []);

    /// <summary>Nothing at all, or what a program left that was killed before its first script.</summary>
    public bool IsEmpty => Rows.Count == 0 && (Tables.Count == 0 || (Tables.Count == 1 && IsNumbered(Columns)));

    /// <summary>Whether more than the numbers is kept.</summary>
    public bool KeepsKinds => Columns.Contains("done_to");

    /// <summary>Somebody else's tables, whatever they are called.</summary>
    public bool IsForeign => !IsEmpty && (Rows.Count == 0 || !Tables.Contains(OurFirst));

    /// <param name="tablesSql">Names every table.</param>
    /// <param name="columnsSql">Names the columns of <c>@table</c>.</param>
    public static async Task<FoundSchema> ReadAsync(DbConnection connection, string tablesSql, string columnsSql)
    {
        var tables = (await connection.QueryAsync<string>(tablesSql)).ToHashSet();
        var columns = (await connection.QueryAsync<string>(columnsSql, new { table = Table })).ToHashSet();
        var found = new FoundSchema(tables, columns, []);
        if (!IsNumbered(columns))
        {
            return found;
        }
        var more = found.KeepsKinds
            ? "kind, checksum, step, done_to"
            : "cast(null as text) as kind, cast(null as text) as checksum, cast(null as bigint) as step, "
                + "cast(null as bigint) as done_to";
        return found with
        {
            Rows = [.. (await connection.QueryAsync<StoredRow>($"select number, {more} from {Table} order by number"))
                .Select(row => new SchemaRow(row.Number, row.Kind, row.Checksum, row.Step, row.DoneTo))],
        };
    }

    static bool IsNumbered(IReadOnlySet<string> columns) => columns.Contains("number");

    /// <summary>As both engines return a row.</summary>
    sealed class StoredRow
    {
        public long Number { get; init; }

        public string? Kind { get; init; }

        public string? Checksum { get; init; }

        public long? Step { get; init; }

        public long? DoneTo { get; init; }
    }
}

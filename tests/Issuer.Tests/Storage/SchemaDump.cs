using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Issuer.Storage;
using Issuer.Storage.Schema;

namespace Issuer.Tests.Storage;

/// <summary>
/// Stores of every earlier schema, a file each in <c>Schemas</c>: the tables as the scripts up to its number made them,
/// and rows of everything there was. Columns are written in the words of the scripts and bytes as <c>{hex:…}</c>, so
/// that one file stands for both engines. A file is made once (<c>ISSUER_REWRITE_GOLDEN=1</c>) and then stays.
/// </summary>
static partial class SchemaDump
{
    /// <summary>Until then a program kept nothing but the numbers of its scripts.</summary>
    const long LastOfNumbersAlone = 13;

    static readonly string Folder = Path.Combine(FolderOfThisFile(), "Schemas");

    public static IReadOnlyList<long> Numbers { get; } =
        [.. Directory.GetFiles(Folder, "*.sql").Select(NumberOf).Order()];

    public static async Task LoadAsync(StorePlace place, long number)
    {
        await using var database = Database.At(place.ConnectionString, place.Directory);
        var isPostgres = place.ConnectionString is not null;
        var sql = Bytes().Replace(
            database.Translate(await File.ReadAllTextAsync(PathOf(number))),
            isPostgres ? @"'\x$1'::bytea" : "x'$1'");
        await database.WriteAsync(session => session.ExecuteScriptAsync(sql), default);
    }

    /// <summary>The rows of a store that has all scripts, as one of an earlier number would have had them.</summary>
    public static async Task WriteAsync(Database whole, SchemaScript last)
    {
        var directory = Directory.CreateTempSubdirectory("issuer-dump-");
        try
        {
            await using var earlier = Database.At(null, directory.FullName);
            await new Migrations(earlier, [.. SchemaScript.All.Where(script => script.Number <= last.Number)])
                .EnterAsync(StoreUse.Write, default);
            await File.WriteAllTextAsync(PathOf(last.Number), await TextOfAsync(whole, earlier, last.Number));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    static async Task<string> TextOfAsync(Database whole, Database earlier, long number)
    {
        var (text, rules) = (new StringBuilder(), new StringBuilder());
        foreach (var (table, sql) in await QueryAsync<(string, string)>(
            earlier,
            "select tbl_name, sql from sqlite_master where sql is not null and name not like 'sqlite!_%' escape '!'"))
        {
            // Rules come last: rows are loaded in an order of their own.
            var parts = sql.Split(", constraint ");
            text.Append(InWordsOfScripts(parts[0], number)).Append(parts.Length > 1 ? ");\n" : ";\n");
            foreach (var rule in parts.Skip(1))
            {
                rules.Append("{constraint ").Append(table).Append(' ')
                    .Append(rule == parts[^1] ? rule[..^1] : rule).Append("}\n")
                    .Append("{valid ").Append(table).Append(' ').Append(rule.Split(' ')[0]).Append("}\n");
            }
        }
        foreach (var table in await QueryAsync<string>(
            earlier,
            // Thousands of days, which are made anew when there are none.
            """
            select name from sqlite_master
            where type = 'table' and name not like 'sqlite!_%' escape '!' and name <> 'calendar' order by name
            """))
        {
            foreach (var row in await RowsAsync(whole, earlier, table, number))
            {
                text.Append(row).Append(";\n");
            }
        }
        return text.Append(rules).ToString();
    }

    static string InWordsOfScripts(string sql, long number) =>
        number <= LastOfNumbersAlone && sql.StartsWith("CREATE TABLE schema_version", StringComparison.Ordinal)
            ? "create table schema_version (number bigint primary key)"
            : string.Join(
                '\n', sql.Split('\n').Where(line => !line.TrimStart().StartsWith("--", StringComparison.Ordinal)))
                .Replace("integer primary key autoincrement", "{identity}", StringComparison.Ordinal)
                .Replace("integer primary key", "{id}", StringComparison.Ordinal)
                .Replace(" blob", " {blob}", StringComparison.Ordinal);

    static async Task<IEnumerable<string>> RowsAsync(Database whole, Database earlier, string table, long number)
    {
        if (table == FoundSchema.Table)
        {
            var columns = number <= LastOfNumbersAlone ? "number" : "number, kind, checksum";
            return (await QueryAsync<dynamic>(earlier, $"select {columns} from {table} order by number"))
                .Select(row => InsertOf(table, (IDictionary<string, object?>)row));
        }
        // What is called otherwise today.
        var source = table switch
        {
            "gateway_key" => "believed_key",
            "lot" => "stock",
            _ => table,
        };
        var there = await ColumnsAsync(whole, source);
        var shared = (await ColumnsAsync(earlier, table))
            .Where(column => there.Contains(column) || (table, column) is ("lot", "facility") or ("lot_use", "entered"))
            .ToList();
        var selected = string.Join(", ", shared.Select(column => (table, column, number) switch
        {
            // Until then every row told what became of it.
            ("bulk_item", "outcome", < 12) =>
                "case when item_id <= (select done_to from bulk_act a where a.id = bulk_id) then coalesce(outcome, 1) "
                    + "else outcome end as outcome",
            ("lot", "facility", _) => "holder as facility",
            ("lot_use", "entered", _) => "1 as entered",
            _ => column,
        }));
        return (await QueryAsync<dynamic>(whole, $"select {selected} from {source} order by rowid"))
            .Select(row => InsertOf(table, (IDictionary<string, object?>)row));
    }

    /// <summary>
    /// Without those that the engine numbers itself: in the order of the rows the numbers are the same.
    /// </summary>
    static async Task<IReadOnlyList<string>> ColumnsAsync(Database database, string table)
    {
        var made = Assert.Single(await QueryAsync<string>(
            database, $"select sql from sqlite_master where type = 'table' and name = '{table}'"));
        var columns = await QueryAsync<string>(database, $"select name from pragma_table_info('{table}')");
        return made.Contains("id integer primary key autoincrement", StringComparison.Ordinal)
            ? [.. columns.Where(column => column != "id")]
            : columns;
    }

    static string InsertOf(string table, IDictionary<string, object?> row) =>
        $"insert into {table} ({string.Join(", ", row.Keys)}) values ({string.Join(", ", row.Values.Select(ValueOf))})";

    static string ValueOf(object? value) => value switch
    {
        null => "null",
        byte[] bytes => $"{{hex:{Convert.ToHexStringLower(bytes)}}}",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    static Task<List<T>> QueryAsync<T>(Database database, string sql) => database.ReadAsync(
        async connection => (await connection.QueryAsync<T>(sql)).AsList(), default);

    static string PathOf(long number) => Path.Combine(Folder, FormattableString.Invariant($"{number:D4}.sql"));

    static long NumberOf(string path) =>
        long.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);

    static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"\{hex:([0-9a-f]*)\}")]
    private static partial Regex Bytes();
}

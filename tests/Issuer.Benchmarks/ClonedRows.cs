using Issuer.Storage;

namespace Issuer.Benchmarks;

/// <summary>Many rows out of one that is there, by one statement a table.</summary>
static class ClonedRows
{
    const string Numbers =
        "with recursive n(i) as (select cast(1 as bigint) union all select i + 1 from n where i < @people) ";

    /// <param name="statements">Each inserts a selection from n, the numbers from 1 to <c>@people</c>.</param>
    /// <param name="values">With <c>people</c> among them.</param>
    public static async Task InsertAsync(
        Database database, IEnumerable<string> statements, object values, CancellationToken cancel)
    {
        foreach (var statement in statements)
        {
            var sql = statement.Insert(statement.IndexOf("select", StringComparison.Ordinal), Numbers);
            await database.WriteAsync(session => session.ExecuteAsync(sql, values), cancel);
        }
    }
}

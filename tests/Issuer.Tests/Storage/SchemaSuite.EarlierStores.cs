using System.Data.Common;
using Dapper;
using Issuer.Core.Pki;
using Issuer.Storage;
using Issuer.Storage.Schema;

namespace Issuer.Tests.Storage;

/// <summary>Stores of every earlier schema, with rows in them, brought forward.</summary>
public abstract partial class SchemaSuite
{
    /// <summary>Tables whose rows went into another one, with what they are there.</summary>
    static readonly Dictionary<string, string> Moved = new()
    {
        ["gateway_key"] = "believed_key where source = 'gateway'",
        ["lot"] = "(select holder as facility, product, lot, expires_on, doses from stock where is_place = 0) moved",
    };

    /// <summary>What a newer script wrote into columns that an older one had made, or dropped.</summary>
    static readonly HashSet<(string Table, string Column)> Rewritten = [("lot_use", "entered")];

    const long LastWithoutRules = 34;

    /// <summary>Every table with its columns and indexes, to be compared with those of a new store.</summary>
    protected abstract Task<IReadOnlyList<string>> ShapeAsync(StorePlace place);

    protected abstract Task<IReadOnlyList<(string Table, string Column)>> ColumnsAsync(StorePlace place);

    [RequiresFact]
    public async Task A_store_of_every_earlier_schema_keeps_its_rows_and_becomes_as_a_new_one()
    {
        var made = await NewPlaceAsync();
        await OpenAsync(made, StoreUse.Write);
        var shape = await ShapeAsync(made);
        foreach (var number in SchemaDump.Numbers)
        {
            var place = await NewPlaceAsync();
            await SchemaDump.LoadAsync(place, number);
            var columns = await ColumnsAsync(place);
            var before = await RowsOfAsync(place, columns);

            var outcome = await MigrateAsync(place);

            Assert.DoesNotContain(outcome.Applied, script => string.CompareOrdinal(script, $"{number:D4}~") < 0);
            Assert.Equal(shape, await ShapeAsync(place));
            Assert.Equal(before, await RowsOfAsync(place, columns));
            Assert.All(await RowsAsync(place), row => Assert.True(row is { Kind: not null, Checksum: not null }));
        }
    }

    [RequiresFact]
    public async Task Work_goes_on_in_a_store_of_every_earlier_schema()
    {
        foreach (var number in SchemaDump.Numbers)
        {
            var place = await NewPlaceAsync();
            await SchemaDump.LoadAsync(place, number);
            await MigrateAsync(place);
            await using var store = await Store.OpenAsync(place.ConnectionString, place.Directory, default);
            await using var clinic = new Clinic();
            Assert.Empty(await store.Invariants.ViolationsAsync(Given.Now, default));

            await WorkAsync(store, clinic);

            Assert.Empty(await store.Invariants.ViolationsAsync(Given.Now, default));
        }
    }

    [RequiresTheory]
    [InlineData("update certificate set lineage_id = 0", "certificate_lineage")]
    [InlineData("update certificate set expires_at = issued_at", "certificate_term")]
    public async Task A_store_that_breaks_a_rule_is_not_brought_forward_and_says_which(string broken, string rule)
    {
        var place = await NewPlaceAsync();
        await SchemaDump.LoadAsync(place, LastWithoutRules);
        await ExecuteAsync(place, broken);

        var why = await Assert.ThrowsAnyAsync<DbException>(() => MigrateAsync(place));

        Assert.Contains(rule, why.Message, StringComparison.Ordinal);
    }

    /// <summary>A bit of everything, of those who were there and of somebody new.</summary>
    static async Task WorkAsync(Store store, Clinic clinic)
    {
        await clinic.OpenAsync(store, people: 9);
        await Clinic.MatchAsync(store);
        await clinic.AttestAsync(store);
        await clinic.IssueAsync(store);
        var people = await store.Counts.PeopleAsync(default);
        Assert.Equal(1, (await clinic.CertifyAsync(store, Given.Row(9, 1), Given.Row(9, 2))).Issued);
        Assert.Equal(1, (await clinic.CertifyAsync(store, Given.Row(2, 3) with { DoseKind = "booster" })).Issued);
        Assert.Equal(people + 1, await store.Counts.PeopleAsync(default));

        Assert.NotEmpty(await store.Holders.OfDocumentAsync($"VNM:{Given.Number(1)}", default));
        await store.Approvals.PageAsync(0, 50, default);
        await store.HeldRecords.PageAsync(0, 50, default);
        await store.SubjectProposals.PageAsync(0, 50, default);
        await store.Lots.BookAsync([], default);
        await store.Gateway.KeysAsync(default);
        await store.Imports.RunningAsync(default);
        await store.Publications.PathsAsync(default);
        await store.Progress.RecountAsync(Given.Now, ValidityPolicy.Default.UtcOffset, default);
    }

    /// <summary>Each column's values by table, where it still is.</summary>
    static async Task<IReadOnlyList<string>> RowsOfAsync(
        StorePlace place, IReadOnlyList<(string Table, string Column)> columns)
    {
        await using var database = Database.At(place.ConnectionString, place.Directory);
        var tables = (await database.LookAsync(default)).Tables;
        var text = new List<string>();
        foreach (var table in columns.Where(c => c.Table != "schema_version" && !Rewritten.Contains(c))
            .GroupBy(c => c.Table))
        {
            var source = tables.Contains(table.Key) ? table.Key : Moved[table.Key];
            var rows = await database.ReadAsync(
                connection => connection.QueryAsync<dynamic>(
                    $"select {string.Join(", ", table.Select(c => c.Column))} from {source}"),
                default);
            text.AddRange(rows.Select(row => $"{table.Key}: " + string.Join(
                " | ", ((IDictionary<string, object?>)row).Select(
                    pair => $"{pair.Key} {(pair.Value is byte[] bytes ? Convert.ToHexString(bytes) : pair.Value)}"))));
        }
        return [.. text.Order(StringComparer.Ordinal)];
    }
}

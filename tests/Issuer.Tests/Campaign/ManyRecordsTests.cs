using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Records;
using Issuer.Server.Features.Records;

namespace Issuer.Tests.Campaign;

public sealed class ManyRecordsTests
{
    [Fact]
    public async Task A_row_that_cannot_be_stored_is_refused_alone()
    {
        var results = await SubmitAsync(
            new Store(row => row.Record!.Reference == "3-1" ? new InvalidOperationException("poison") : null), 6);

        Assert.Equal(
            [SubmitOutcome.Refused], results.Where(row => row.Row.Reference == "3-1").Select(row => row.Outcome));
        Assert.Equal("not-storable", results.Single(row => row.Outcome == SubmitOutcome.Refused).Faults.Single().Code);
        Assert.Equal(5, results.Count(row => row.Outcome == SubmitOutcome.Accepted));
    }

    [Fact]
    public async Task Where_no_row_can_be_stored_it_is_not_the_rows() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => SubmitAsync(new Store(_ => new InvalidOperationException("broken")), 50));

    [Fact]
    public async Task A_store_that_is_away_is_nobodys_bad_row() => await Assert.ThrowsAsync<TimeoutException>(
        () => SubmitAsync(
            new Store(row => row.Record!.Reference == "3-1" ? new TimeoutException() : null), 6));

    [Fact]
    public async Task Rows_that_were_settled_before_still_tell_what_later_ones_share_with_them()
    {
        RecordRow[] rows =
        [
            Unnumbered("Lê Bé An", "2014-06-14"), Unnumbered("Lê Bé Bình", "2012-06-14"),
        ];
        var results = new List<SubmittedRow>();
        await foreach (var (batch, some) in Submit(new Store(_ => null)).SubmitManyAsync(
            rows, row => row, null, Given.Context, () => Given.Act, default, done: 1))
        {
            Assert.Single(batch);
            results.AddRange(some);
        }

        Assert.Equal(["shared-number"], results.Single().Faults.Select(f => f.Code).Where(c => c == "shared-number"));
    }

    static RecordRow Unnumbered(string name, string born) => Given.Row() with
    {
        Reference = null,
        References = ReferenceSource.Derived,
        FamilyName = null,
        GivenName = null,
        FullName = name,
        DateOfBirth = born,
        Product = "Pfizer",
    };

    static SubmitRecords Submit(Store store) => new(store, Given.SingleActs, Given.Claims);

    static async Task<List<SubmittedRow>> SubmitAsync(Store store, int count)
    {
        var results = new List<SubmittedRow>();
        await foreach (var (_, some) in Submit(store).SubmitManyAsync(
            Enumerable.Range(1, count), n => Given.Row(n), null, Given.Context, () => Given.Act, default))
        {
            results.AddRange(some);
        }
        return results;
    }

    sealed class Store(Func<CheckedRow, Exception?> fails) : IRecordStore
    {
        public Task<IReadOnlyList<StoredRow>> SubmitAsync(
            IReadOnlyList<CheckedRow> rows, SingleActs? acts, RegistryClaims? claims, Act act,
            CancellationToken cancel) =>
            rows.Select(fails).FirstOrDefault(e => e is not null) is { } e
                ? Task.FromException<IReadOnlyList<StoredRow>>(e)
                : Task.FromResult<IReadOnlyList<StoredRow>>(
                    [.. rows.Select((_, i) => new StoredRow(SubmitOutcome.Accepted, i + 1, 1, null))]);
    }
}

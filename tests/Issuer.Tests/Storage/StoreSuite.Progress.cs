using Dapper;
using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Pki;
using Issuer.Core.Progress;
using Issuer.Core.Records;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    internal static readonly TimeSpan InVietnam = TimeSpan.FromHours(7);

    [RequiresFact]
    public async Task Counts_are_what_the_rows_say_after_whatever_happened()
    {
        await store.Lots.SaveAsync(
            [
                new Lot("EU/1/21/1529", "ABV1", Given.Facility, new DateOnly(2027, 1, 1), 10),
                new Lot("EU/1/21/1529", "ABV1", Given.OtherFacility, new DateOnly(2027, 1, 1), 2),
                new Lot("BBIBP-CorV", "NONE", Given.Facility, new DateOnly(2027, 1, 1), 7),
            ],
            Given.Act, default);
        var happenings = new Happenings(store, clinic, seed: 20261122);
        var seen = new HashSet<Measure>();
        for (var round = 0; round < 12; round++)
        {
            await happenings.SomeAsync(12);
            await ScalarAsync("update record set held = 3 where id in (select min(id) from record where held = 0)");
            var counted = await store.Progress.RecountAsync(happenings.Now, ValidityPolicy.Default.UtcOffset, default);

            var expected = await FromRowsAsync(happenings.Now);

            Assert.Equal(expected.Keys.Order(), counted.Select(f => f.Facility).Order());
            Assert.All(counted, f => Assert.Equal(expected[f.Facility], f.Counts.ToString()));
            seen.UnionWith(Measures.All.Where(measure => counted.Any(f => f.Counts[measure] > 0)));
            await KeepAsync(happenings.Now);
            Assert.Equal(
                counted.OrderBy(f => f.Facility), (await AsOfAsync(happenings.Now)).OrderBy(f => f.Facility));
        }
        Assert.Empty(Measures.All.Except(seen));
    }

    [RequiresFact]
    public async Task The_way_from_mismatch_to_match_is_timed_and_starts_anew_when_a_right_record_goes_wrong()
    {
        var row = Given.Row(1) with { Sex = "F" };
        var begin = Given.Now;
        Task MatchAtAsync(double days) => new MatchRecords(store.Identity, store.Registry, Given.ClaimDigests).RunAsync(
            new Act("test", begin.AddDays(days)), null, default);
        await SubmitAsync(row);
        await SubmitAsync(Given.Row(2));
        await MatchAtAsync(0);
        Assert.Equal(begin, (await OneAsync(begin)).WaitsSince);
        await CorrectAsync(row with { GivenName = "Văn Abc" }, 1);
        await MatchAtAsync(1);
        Assert.Equal(begin, (await OneAsync(begin)).WaitsSince);
        await CorrectAsync(Given.Row(1), 2);
        await MatchAtAsync(2.3);

        var cleaned = await OneAsync(begin);
        Assert.Equal(("9=1", null), (cleaned.CleaningTimes.ToString(), cleaned.WaitsSince));
        Assert.Equal(1, cleaned.Counts[Measure.RecordsCleaned]);

        await CorrectAsync(Given.Row(1) with { Lot = "ABV2" }, 3);
        await MatchAtAsync(9);
        Assert.Equal("9=1", (await OneAsync(begin)).CleaningTimes.ToString());

        await CorrectAsync(row with { Lot = "ABV3" }, 4);
        await MatchAtAsync(20);
        Assert.Equal(begin.AddDays(20), (await OneAsync(begin)).WaitsSince);
        Assert.Equal("", (await OneAsync(begin)).CleaningTimes.ToString());
    }

    [RequiresFact]
    public async Task A_day_keeps_the_counts_it_ended_with()
    {
        await SubmitAsync(Given.Row(1));
        await KeepAsync(Given.Now);
        await SubmitAsync(Given.Row(2));
        var later = Given.Now.AddDays(3);
        await KeepAsync(later);
        await KeepAsync(later.AddDays(2));

        async Task<long> EnteredAsync(int days) => AreaProgress.Sum(null, await AsOfAsync(Given.Now.AddDays(days)))
            .Counts[Measure.RecordsEntered];
        var entered = new List<long>();
        foreach (var days in new[] { -1, 0, 1, 2, 9 })
        {
            entered.Add(await EnteredAsync(days));
        }
        Assert.Equal([0, 1, 1, 2, 2], entered);
        // Unchanged facilities have no second row: one was counted once, the other on its day and the one it changed.
        Assert.Equal(3, await ScalarAsync("select count(*) from progress_day"));
        Assert.Equal(
            1, await ScalarAsync("select count(*) from progress_pass where closes = 1 and day = '2026-03-03'"));
    }

    [RequiresFact]
    public async Task Each_area_reads_its_own_counts()
    {
        await SubmitAsync(Given.Row(1));
        await SubmitAsync(Given.Row(2, 1, Given.OtherFacility));
        await KeepAsync(Given.Now);
        async Task<string> SeenAsync(WorklistScope own, WorklistScope wanted) => string.Join(
            ' ', (await store.Progress.AsOfAsync(Given.Today, own, wanted, default)).Select(f => f.Facility).Order());

        Assert.Equal("01002 79001", await SeenAsync(WorklistScope.Everywhere, WorklistScope.Everywhere));
        Assert.Equal("79001", await SeenAsync(new WorklistScope(Given.Facility), WorklistScope.Everywhere));
        Assert.Equal("", await SeenAsync(new WorklistScope(Given.Facility), new WorklistScope(Given.OtherFacility)));
        Assert.Equal("01002", await SeenAsync(new WorklistScope(Provinces: ["01"]), WorklistScope.Everywhere));
        Assert.Equal("", await SeenAsync(new WorklistScope(Commune: "00001"), WorklistScope.Everywhere));
    }

    async Task KeepAsync(DateTimeOffset now)
    {
        var count = new CountProgress(store.Progress, new FixedClock(now), InVietnam);
        while ((await count.RunAsync(always: true, default))?.Closes == true)
        {
        }
    }

    Task<IReadOnlyList<FacilityProgress>> AsOfAsync(DateTimeOffset now) => store.Progress.AsOfAsync(
        DateOnly.FromDateTime(now.ToOffset(InVietnam).Date), WorklistScope.Everywhere, WorklistScope.Everywhere,
        default);

    async Task<FacilityProgress> OneAsync(DateTimeOffset now) =>
        (await store.Progress.RecountAsync(now, ValidityPolicy.Default.UtcOffset, default))
            .Single(f => f.Facility == Given.Facility);

    /// <summary>The same counts the long way: every row read, nothing counted in SQL.</summary>
    async Task<Dictionary<string, string>> FromRowsAsync(DateTimeOffset now)
    {
        await using var database = await Database.OpenAsync(ConnectionString, Directory, default);
        Task<List<T>> RowsAsync<T>(string sql) => database.ReadAsync(
            async connection => (await connection.QueryAsync<T>(sql)).AsList(), default);
        var records = await RowsAsync<RawRecord>(
            """
            select id, facility, state, subject_id, duplicate_of, attested, held, product, lot, vaccinated_on,
                entered_at, settled_at from record where withdrawn = 0
            """);
        var firstEntered = (
            await RowsAsync<RawVersion>("select record_id, entered_at from record_version where version = 1"))
            .ToDictionary(v => v.RecordId, v => v.EnteredAt);
        var certified = (await RowsAsync<long>(
            "select subject_id from lineage where is_open = 1 and current_slot is not null")).ToHashSet();
        var lots = await RowsAsync<RawLot>("select holder as facility, product, doses from stock");
        var reports = await RowsAsync<RawReport>("select facility, due_at, state from report");
        var lastDoses = records.Where(r => r.SubjectId is not null && r.DuplicateOf is null)
            .GroupBy(r => r.SubjectId).Select(
                p => p.OrderBy(r => r.VaccinatedOn, StringComparer.Ordinal).ThenBy(r => r.Id).Last())
            .ToList();
        return new[] { Given.Facility, Given.OtherFacility }.ToDictionary(f => f, f =>
        {
            var here = records.Where(r => r.Facility == f).ToList();
            var people = lastDoses.Where(r => r.Facility == f).ToList();
            long Of(Func<RawRecord, bool> which) => here.Count(which);
            long[] groups = [4, 5, 2, 3];
            return new Counts(new Dictionary<Measure, long>
            {
                [Measure.RecordsEntered] = here.Count, [Measure.RecordsDuplicate] = Of(r => r.DuplicateOf is not null),
                [Measure.RecordsHeld] = Of(r => r.Held != 0),
                [Measure.RecordsValid] = Of(r => r.State is 1 or 6 && r.DuplicateOf is null && r.Held == 0),
                [Measure.RecordsPending] = Of(r => r.State == 0), [Measure.RecordsMatched] = Of(r => r.State == 1),
                [Measure.RecordsExempt] = Of(r => r.State == 6), [Measure.RecordsErrorGroup1] = Of(r => r.State == 4),
                [Measure.RecordsErrorGroup2] = Of(r => r.State == 5),
                [Measure.RecordsErrorGroup3] = Of(r => r.State == 2),
                [Measure.RecordsNotFound] = Of(r => r.State == 3),
                [Measure.RecordsWaiting] = Of(r => groups.Contains(r.State)),
                [Measure.RecordsCleaned] = Of(r => r.SettledAt is not null),
                [Measure.RecordsAttested] = Of(r => r.Attested == 1),
                [Measure.RecordsSameDay] =
                    Of(r => DayOf(firstEntered.GetValueOrDefault(r.Id, r.EnteredAt)) == r.VaccinatedOn),
                [Measure.DosesReceived] = lots.Where(l => l.Facility == f).Sum(l => l.Doses),
                [Measure.DosesNotEntered] = lots.Where(l => l.Facility == f).Sum(
                    l => Math.Max(0, l.Doses - Of(r => r.Product == l.Product))),
                [Measure.PeopleMatched] = people.Count,
                [Measure.PeopleCertified] = people.Count(r => certified.Contains(r.SubjectId!.Value)),
                [Measure.PeopleWaiting] = people.Count(r => !certified.Contains(r.SubjectId!.Value)),
                [Measure.FacilitiesAll] = 1, [Measure.FacilitiesEquipped] = 1,
                [Measure.FacilitiesActive] = here.Any(r => r.EnteredAt >= now.AddDays(-7).ToUnixTimeSeconds()) ? 1 : 0,
                [Measure.ReportsOpen] = reports.Count(r => r.Facility == f && r.State == 0),
                [Measure.ReportsLate] = reports.Count(
                    r => r.Facility == f && r.State == 0 && r.DueAt <= now.ToUnixTimeSeconds()),
            }).ToString();
        });
    }

    internal static string DayOf(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(InVietnam)
        .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    sealed record RawRecord(
        long Id, string Facility, long State, long? SubjectId, long? DuplicateOf, long Attested, long Held,
        string Product, string Lot, string VaccinatedOn, long EnteredAt, long? SettledAt);

    sealed record RawVersion(long RecordId, long EnteredAt);

    sealed record RawLot(string Facility, string Product, long Doses);

    sealed record RawReport(string Facility, long DueAt, long State);
}

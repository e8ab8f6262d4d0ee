using System.Data.Common;
using System.Globalization;
using Dapper;
using Issuer.Core.Identity;
using Issuer.Core.Progress;
using Issuer.Storage.Records;

namespace Issuer.Storage.Progress;

sealed class ProgressStore(Database database) : IProgressStore
{
    static readonly TimeSpan ActiveFor = TimeSpan.FromDays(7);
    static readonly DateOnly FirstDay = new(2020, 12, 1);

    static readonly string[] ByFacility =
    [
        ProgressQueries.Records, ProgressQueries.People, ProgressQueries.Doses, ProgressQueries.Facilities,
        ProgressQueries.Reports,
    ];

    /// <summary>By way of the facilities, so that an index leads from each to its youngest day.</summary>
    const string AsOf =
        """
        select p.facility, f.province, f.commune, p.counts, p.cleaning_times, p.waits_since
        from facility f join progress_day p on p.facility = f.code
            and p.day = (select max(x.day) from progress_day x where x.facility = f.code and x.day <= @day)
        """;

    public async Task<IReadOnlyList<FacilityProgress>> RecountAsync(
        DateTimeOffset now, TimeSpan utcOffset, CancellationToken cancel)
    {
        await FillCalendarAsync(DateOnly.FromDateTime(now.UtcDateTime).AddDays(1), utcOffset, cancel);
        // Outside a transaction: a pass takes minutes at the size of a nation, and nobody shall wait for it.
        return await database.ReadAsync(connection => CountAsync(connection, now), cancel);
    }

    public Task SaveAsync(CountingPass pass, IReadOnlyList<FacilityProgress> counted, CancellationToken cancel) =>
        database.WriteAsync(
            async session =>
            {
                var day = RecordColumns.TextOf(pass.Day);
                var before = (await session.QueryAsync<DayColumns>(AsOf, new { day }))
                    .ToDictionary(row => row.Facility, row => row.ToProgress());
                await session.InsertAsync(
                    "progress_day",
                    counted.Where(f => before.GetValueOrDefault(f.Facility) != f).Select(f => new
                    {
                        f.Facility, day, counts = f.Counts.ToString(), cleaningTimes = f.CleaningTimes.ToString(),
                        waitsSince = f.WaitsSince?.ToUnixTimeSeconds(),
                    }),
                    "on conflict (facility, day) do update set counts = excluded.counts, "
                        + "cleaning_times = excluded.cleaning_times, waits_since = excluded.waits_since");
                await session.InsertAsync(
                    "progress_pass", [PassColumns.Of(pass)],
                    $"on conflict (day) do update set {PassColumns.All.Without("Day").Excluded}");
            },
            cancel);

    public Task<CountingPass?> LastPassAsync(DateOnly upTo, CancellationToken cancel) => database.ReadAsync(
        async connection => (await connection.QueryAsync<PassColumns>(
            $"""
            select {PassColumns.All} from progress_pass
            where day <= @day order by day desc limit 1
            """,
            new { day = RecordColumns.TextOf(upTo) })).SingleOrDefault()?.ToPass(),
        cancel);

    public Task<IReadOnlyList<FacilityProgress>> AsOfAsync(
        DateOnly day, WorklistScope own, WorklistScope wanted, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<FacilityProgress>>(
            async connection =>
            {
                var facility = own.Facility ?? wanted.Facility;
                var rows = await connection.QueryAsync<DayColumns>(
                    facility is null ? AsOf : $"{AsOf} where f.code = @facility",
                    new { day = RecordColumns.TextOf(day), facility });
                return [.. rows.Select(row => row.ToProgress()).Where(row => IsIn(row, own) && IsIn(row, wanted))];
            },
            cancel);

    static async Task<IReadOnlyList<FacilityProgress>> CountAsync(DbConnection connection, DateTimeOffset now)
    {
        var counts = new Dictionary<string, Dictionary<Measure, long>>();
        var waiting = new Dictionary<string, DateTimeOffset>();
        var parameters = new
        {
            now = now.ToUnixTimeSeconds(), activeSince = (now - ActiveFor).ToUnixTimeSeconds(),
        };
        foreach (var sql in ByFacility)
        {
            foreach (IDictionary<string, object?> row in await connection.QueryAsync(
                sql, parameters, commandTimeout: 0))
            {
                var facility = (string)row["facility"]!;
                counts.TryAdd(facility, []);
                foreach (var (column, value) in row.Where(pair => pair.Value is not null and not string))
                {
                    var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
                    if (Measures.Read(column) is { } measure)
                    {
                        counts[facility][measure] = number;
                    }
                    else
                    {
                        waiting[facility] = DateTimeOffset.FromUnixTimeSeconds(number);
                    }
                }
            }
        }
        var times = (await connection.QueryAsync<(string Facility, long Quarter, long Records)>(
            ProgressQueries.CleaningTimes, new { quarter = (long)CleaningTimes.SecondsAQuarter }, commandTimeout: 0))
            .ToLookup(
                row => row.Facility,
                row => (Quarter: Math.Min(row.Quarter, CleaningTimes.LongestQuarter), row.Records));
        var facilities = await connection.QueryAsync<PlaceColumns>(
            $"select {ColumnList.Of<PlaceColumns>()} from facility");
        return [.. facilities.Select(place => new FacilityProgress(
            place.Code, place.Province, place.Commune, new Counts(counts[place.Code]),
            new CleaningTimes(
                times[place.Code].GroupBy(t => t.Quarter).ToDictionary(g => g.Key, g => g.Sum(t => t.Records))),
            waiting.TryGetValue(place.Code, out var since) ? since : null))];
    }

    /// <summary>The days up to one, each with its first second in Vietnam.</summary>
    Task FillCalendarAsync(DateOnly last, TimeSpan utcOffset, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            var known = (await session.QueryAsync<string>("select day from calendar order by day desc limit 1"))
                .Select(RecordColumns.DayOf).ToList();
            var first = known is [var youngest] ? youngest.AddDays(1) : FirstDay;
            await session.InsertAsync(
                "calendar",
                Enumerable.Range(0, Math.Max(0, last.DayNumber - first.DayNumber + 1)).Select(first.AddDays)
                    .Select(day => new
                    {
                        day = RecordColumns.TextOf(day),
                        begins = new DateTimeOffset(day, TimeOnly.MinValue, utcOffset).ToUnixTimeSeconds(),
                    }));
        },
        cancel);

    static bool IsIn(FacilityProgress row, WorklistScope scope) =>
        (scope.Facility is null || scope.Facility == row.Facility)
        && (scope.Commune is null || scope.Commune == row.Commune)
        && (scope.Provinces is null || (row.Province is { } province && scope.Provinces.Contains(province)));

    sealed record PlaceColumns(string Code, string? Province, string? Commune);

    sealed record DayColumns(
        string Facility, string? Province, string? Commune, string Counts, string CleaningTimes, long? WaitsSince)
    {
        public FacilityProgress ToProgress() => new(
            Facility, Province, Commune, Core.Progress.Counts.Parse(Counts),
            Core.Progress.CleaningTimes.Parse(CleaningTimes),
            WaitsSince is { } since ? DateTimeOffset.FromUnixTimeSeconds(since) : null);
    }

    sealed record PassColumns(string Day, long Closes, long CountedAt, long Milliseconds)
    {
        public static readonly ColumnList All = ColumnList.Of<PassColumns>();

        public static PassColumns Of(CountingPass pass) => new(
            RecordColumns.TextOf(pass.Day), pass.Closes ? 1 : 0, pass.CountedAt.ToUnixTimeSeconds(),
            (long)pass.Took.TotalMilliseconds);

        public CountingPass ToPass() => new(
            RecordColumns.DayOf(Day), Closes == 1, DateTimeOffset.FromUnixTimeSeconds(CountedAt),
            TimeSpan.FromMilliseconds(Milliseconds));
    }
}

using Issuer.Core.Holds;

namespace Issuer.Storage.Holds;

/// <summary>The rows of <c>facility_day</c>.</summary>
static class FacilityDays
{
    static readonly ColumnList Columns = ColumnList.Of<Row>();

    /// <summary>Adds to what is counted already.</summary>
    public static Task AddAsync(WriteSession session, IReadOnlyList<FacilityDay> days) => session.InsertAsync(
        "facility_day", days.Select(Row.Of).OrderBy(row => row.Facility, StringComparer.Ordinal)
            .ThenBy(row => row.Clerk, StringComparer.Ordinal),
        """
        on conflict (facility, day, clerk, signatory, ended_by) do update set
            signed = facility_day.signed + excluded.signed, announced = facility_day.announced + excluded.announced,
            identified = facility_day.identified + excluded.identified, far = facility_day.far + excluded.far,
            late = facility_day.late + excluded.late, boosters = facility_day.boosters + excluded.boosters,
            exempt = facility_day.exempt + excluded.exempt, night = facility_day.night + excluded.night
        """);

    public static async Task<IReadOnlyList<FacilityDay>> FromAsync(
        WriteSession session, IReadOnlyCollection<string> facilities, DateOnly from) =>
        [.. (await session.QueryAsync<Row>(
            $"select {Columns} from facility_day where facility {session.OneOf("facilities")} and day >= @day",
            new { facilities = facilities.ToArray(), day = StoredDays.Of(from) })).Select(row => row.ToDay())];

    /// <summary>Somebody has looked at them: they are the past and no cause any more.</summary>
    public static Task EndAsync(WriteSession session, Hold hold, TimeSpan utcOffset) => session.ExecuteAsync(
        $"update facility_day set ended_by = @Id where {Covered}", Values(hold, utcOffset));

    /// <summary>They were not honest work: nothing is compared with them.</summary>
    public static Task ForgetAsync(WriteSession session, Hold hold, TimeSpan utcOffset) => session.ExecuteAsync(
        $"delete from facility_day where {Covered}", Values(hold, utcOffset));

    const string Covered =
        "facility = @Facility and ended_by = 0 and day >= @day and (cast(@Clerk as text) is null or clerk = @Clerk)";

    static object Values(Hold hold, TimeSpan utcOffset) => new
    {
        hold.Id, hold.Facility, hold.Clerk,
        day = StoredDays.Of(DateOnly.FromDateTime(hold.From.ToOffset(utcOffset).Date)),
    };

    sealed record Row(
        string Facility, long Day, string Clerk, string Signatory, long EndedBy, long Signed, long Announced,
        long Identified, long Far, long Late, long Boosters, long Exempt, long Night)
    {
        public static Row Of(FacilityDay day) => new(
            day.Facility, StoredDays.Of(day.Day), day.Clerk, day.Signatory, 0, day.Tally.Doses, day.Tally.Announced,
            day.Tally.Identified, day.Tally.Far, day.Tally.Late, day.Tally.Boosters, day.Tally.Exempt,
            day.Tally.Night);

        public FacilityDay ToDay() => new(
            Facility, StoredDays.ToDay(Day), Clerk, Signatory, EndedBy != 0,
            new Tally(Signed, Announced, Identified, Far, Late, Boosters, Exempt, Night));
    }
}

using Issuer.Core.Identity;
using Issuer.Core.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Progress;

/// <summary>
/// The counts of every facility from the rows, a scan each. Columns are named as the measures are; what is not there is
/// zero. A withdrawn record stands for no dose: it counts nowhere.
/// </summary>
static class ProgressQueries
{
    public static readonly string Records =
        $"""
        select r.facility, count(*) as records_entered, count(r.duplicate_of) as records_duplicate,
            count(*) filter (where {IsHeld("r")}) as records_held,
            count(*) filter (where ({IsIn("r", RecordState.Matched)} or {IsIn("r", RecordState.Exempt)})
                and {RepeatsNone("r")} and {IsFree("r")}) as records_valid,
            count(*) filter (where {IsIn("r", RecordState.Pending)}) as records_pending,
            count(*) filter (where {IsIn("r", RecordState.Matched)}) as records_matched,
            count(*) filter (where {IsIn("r", RecordState.Exempt)}) as records_exempt,
            count(*) filter (where {IsIn("r", ErrorGroup.NoNumber.StateOf())}) as records_error_group1,
            count(*) filter (where {IsIn("r", ErrorGroup.BadNumber.StateOf())}) as records_error_group2,
            count(*) filter (where {IsIn("r", ErrorGroup.WrongData.StateOf())}) as records_error_group3,
            count(*) filter (where {IsIn("r", RecordState.NotFound)}) as records_not_found,
            count(*) filter (where {DoesNotMatch("r")}) as records_waiting,
            count(r.settled_at) as records_cleaned,
            count(*) filter (where {IsAttested("r")}) as records_attested,
            count(*) filter (where coalesce(v.entered_at, r.entered_at) - c.begins between 0 and 86399)
                as records_same_day,
            case when max(r.entered_at) >= @activeSince then 1 else 0 end as facilities_active,
            min(case when {DoesNotMatch("r")} then r.waits_since end) as waits_since
        from record r
        left join record_version v on v.record_id = r.id and v.version = 1
        left join calendar c on c.day = r.vaccinated_on
        where {IsGiven("r")}
        group by r.facility
        """;

    /// <summary>Each person where their last dose was given, so that no person counts twice.</summary>
    public static readonly string People =
        $"""
        select r.facility, count(*) as people_matched, count(l.id) as people_certified,
            count(*) - count(l.id) as people_waiting
        from record r
        left join lineage l on l.subject_id = r.subject_id and {IsOpen("l")} and l.current_slot is not null
        where {HasSubject("r")} and {CountsAsDose("r")} and not exists (
            select 1 from record o where o.subject_id = r.subject_id and {CountsAsDose("o")}
                and (o.vaccinated_on, o.id) > (r.vaccinated_on, r.id))
        group by r.facility
        """;

    /// <summary>Received at the facility itself, less what it passed on, and not entered, product by product.</summary>
    public static readonly string Doses =
        $"""
        select s.facility, sum(s.doses) as doses_received,
            sum(case when s.doses > coalesce(u.entered, 0) then s.doses - coalesce(u.entered, 0) else 0 end)
                as doses_not_entered
        from (select b.holder as facility, b.product, sum(b.doses) as doses from stock b
            where {IsAtFacility("b")} group by b.holder, b.product) s
        left join product_use u on u.facility = s.facility and u.product = s.product and u.day = ''
        group by s.facility
        """;

    public const string Facilities =
        """
        select code as facility, 1 as facilities_all,
            case when attestation_key is null then 0 else 1 end as facilities_equipped
        from facility
        """;

    public static readonly string Reports =
        $"""
        select facility, count(*) as reports_open, count(*) filter (where due_at <= @now) as reports_late
        from report where {WaitsForAnswer("report")} group by facility
        """;

    public static readonly string CleaningTimes =
        $"""
        select facility, (settled_at - waits_since) / @quarter, count(*) from record
        where settled_at is not null and {IsGiven("record")} group by facility, (settled_at - waits_since) / @quarter
        """;
}

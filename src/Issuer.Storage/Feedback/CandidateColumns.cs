using Issuer.Core.Feedback;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Feedback;

/// <summary>A record r that a report may be about, as both engines return it.</summary>
sealed record CandidateColumns(
    long Id, string Facility, string FamilyName, string GivenName, string DateOfBirth, string Lot,
    string VaccinatedOn)
{
    public const int Most = 200;

    public const string All = "r.id, r.facility, r.family_name, r.given_name, r.date_of_birth, r.lot, r.vaccinated_on";

    public static readonly string WaitingUnder =
        $"r.identity_number = @number and {DoesNotMatch("r")} and r.identity_number <> ''";

    public ReportCandidate ToCandidate(bool isOwn) => new(
        Id, Facility, $"{FamilyName} {GivenName}".Trim(), PartialDate.Parse(DateOfBirth), Lot,
        RecordColumns.DayOf(VaccinatedOn), isOwn);
}

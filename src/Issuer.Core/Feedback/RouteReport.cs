using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Core.Feedback;

/// <summary>A record that a report may be about.</summary>
/// <param name="IsOwn">The registry says that it is this person's.</param>
public sealed record ReportCandidate(
    long Id, string Facility, string FullName, PartialDate DateOfBirth, string Lot, DateOnly VaccinatedOn, bool IsOwn);

/// <summary>Who answers a report.</summary>
/// <param name="RecordId">Null: no record, or more than one, is meant.</param>
public sealed record ReportRoute(string Facility, long? RecordId);

/// <summary>
/// To whom a report goes: the facility that entered the record, else the one the citizen says gave the dose. Pure. The
/// filer is never told which of the two it was, so that no report tells whether a record exists.
/// </summary>
public static class RouteReport
{
    public static ReportRoute For(ReportClaim claim, IEnumerable<ReportCandidate> candidates)
    {
        var meant = claim.Kind == ReportKind.DoseMissing ? [] : candidates.Where(c => IsMeant(claim, c)).ToList();
        meant = Prefer(meant, c => c.VaccinatedOn == claim.VaccinatedOn);
        meant = Prefer(meant, c => c.Facility == claim.Facility);
        meant = Prefer(meant, c => claim.Lot.Length > 0 && c.Lot == claim.Lot);
        return meant is [var record]
            ? new ReportRoute(record.Facility, record.Id)
            : new ReportRoute(claim.Facility, null);
    }

    /// <summary>
    /// Under a number that anybody may have mistyped, two of name, birth date and day must agree before another's
    /// record is taken for the person's.
    /// </summary>
    public static bool IsMeant(ReportClaim claim, ReportCandidate record) => record.IsOwn
        || Agreements(claim, record).Count(agrees => agrees) >= 2;

    static IEnumerable<bool> Agreements(ReportClaim claim, ReportCandidate record) =>
    [
        IsSameName(claim.FullName, record.FullName), claim.DateOfBirth == record.DateOfBirth,
        claim.VaccinatedOn == record.VaccinatedOn,
    ];

    /// <summary>Diacritics aside: their being wrong is what many reports are about.</summary>
    public static bool IsSameName(string one, string other) => NameKey.WithoutMarks(one) == NameKey.WithoutMarks(other);

    static List<ReportCandidate> Prefer(List<ReportCandidate> among, Predicate<ReportCandidate> better) =>
        among.Exists(better) ? among.FindAll(better) : among;
}

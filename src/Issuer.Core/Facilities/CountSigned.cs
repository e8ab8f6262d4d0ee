using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Core.Facilities;

/// <summary>A dose that is being signed for, as far as its work is judged by it.</summary>
/// <param name="EnteredBy">Who entered its first version, and when: a correction makes nobody late.</param>
/// <param name="HasEarlier">The person has an earlier dose on record.</param>
public sealed record SignedDose(
    long RecordId, string Facility, string EnteredBy, DateTimeOffset EnteredAt, DateOnly VaccinatedOn, string Product,
    string IdentityNumber, bool IsExempt, bool IsBooster, bool HasEarlier);

/// <summary>Doses given long ago that a facility is going to enter, as two people of its province said.</summary>
/// <param name="Left">How many of them have not come yet.</param>
public sealed record AnnouncedBacklog(
    long Id, string Facility, string Product, DateOnly From, DateOnly To, long Left);

/// <summary>Signed doses, counted by who entered them: pure.</summary>
/// <param name="UtcOffset">Vietnam's.</param>
public sealed record CountSigned(HoldPolicy Policy, TimeSpan UtcOffset, Act Act)
{
    public DateOnly Today => DailyLimit.DayOf(Act.At, UtcOffset);

    /// <param name="backlogs">Each takes no more doses than it announced.</param>
    /// <returns>A row for each facility and clerk, and how many each backlog took.</returns>
    public (IReadOnlyList<FacilityDay> Days, IReadOnlyDictionary<long, long> Taken) Of(
        IEnumerable<SignedDose> doses, IReadOnlyDictionary<string, WatchedFacility> facilities,
        IReadOnlyList<AnnouncedBacklog> backlogs)
    {
        var taken = new Dictionary<long, long>();
        var counted = doses
            .Select(dose => (dose.Facility, Clerk: Subjects.Folded(dose.EnteredBy), Tally: TallyOf(
                dose, facilities[dose.Facility].Province, IsAnnounced(dose, backlogs, taken))))
            .GroupBy(dose => (dose.Facility, dose.Clerk));
        return (
            [.. counted.Select(one => new FacilityDay(
                one.Key.Facility, Today, one.Key.Clerk, Subjects.Folded(Act.Actor), false,
                one.Aggregate(default(Tally), (sum, dose) => sum + dose.Tally)))],
            taken);
    }

    Tally TallyOf(SignedDose dose, string? province, bool isAnnounced)
    {
        var birth = ProvinceOfBirth(dose.IdentityNumber);
        var isIdentified = birth is not null && province is not null;
        var isLate = DailyLimit.DayOf(dose.EnteredAt, UtcOffset).DayNumber - dose.VaccinatedOn.DayNumber
            > Policy.LateAfterDays;
        return new Tally(
            1, One(isAnnounced), One(isIdentified),
            One(isIdentified && birth != Provinces.Today(province!)), One(isLate && !isAnnounced),
            One(dose.IsBooster && !dose.HasEarlier), One(dose.IsExempt),
            One(IsNight(dose.EnteredBy, dose.EnteredAt) || IsNight(Act.Actor, Act.At)));
    }

    bool IsNight(string subject, DateTimeOffset at) =>
        Policy.NightHours.Has(at, UtcOffset) && !Policy.IsServiceAccount(subject);

    static bool IsAnnounced(
        SignedDose dose, IReadOnlyList<AnnouncedBacklog> backlogs, Dictionary<long, long> taken)
    {
        var backlog = backlogs.FirstOrDefault(b => b.Facility == dose.Facility && b.Product == dose.Product
            && b.From <= dose.VaccinatedOn && dose.VaccinatedOn <= b.To && taken.GetValueOrDefault(b.Id) < b.Left);
        if (backlog is null)
        {
            return false;
        }
        taken[backlog.Id] = taken.GetValueOrDefault(backlog.Id) + 1;
        return true;
    }

    /// <summary>
    /// The province of today that the number was given in, at birth; null: it is none of twelve digits, or somebody
    /// born abroad has it. The first three digits are 0 and the old code (07/2016/TT-BCA).
    /// </summary>
    internal static string? ProvinceOfBirth(string number) =>
        IdentityNumbers.IsCccd(number) && number[0] == '0' && Provinces.Old.Contains(number[1..3])
            ? Provinces.Today(number[1..3])
            : null;

    static long One(bool holds) => holds ? 1 : 0;
}

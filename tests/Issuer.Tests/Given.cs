using System.Globalization;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Feedback;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Policies;
using Issuer.Core.Records;
using Issuer.Storage.Identity;

namespace Issuer.Tests;

/// <summary>Good values to start from; a test changes what it is about.</summary>
static class Given
{
    public const string Facility = "79001";
    public const string OtherFacility = "01002";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static readonly DateOnly Today = new(2026, 3, 1);

    public static PlausibilityPolicy Plausibility => PolicyKinds.Plausibility.Shipped.Of(PolicyKinds.Plausibility);

    public static CertificationPolicy Certification { get; } =
        PolicyKinds.Certification.Shipped.Of(PolicyKinds.Certification) with { Plausibility = Plausibility };

    public static FeedbackPolicy Feedback { get; } = PolicyKinds.Feedback.Shipped.Of(PolicyKinds.Feedback);

    /// <summary>As shipped.</summary>
    public static SingleActBudget SingleActBudget { get; } =
        PolicyKinds.Budgets.Shipped.Of(PolicyKinds.Budgets).SingleActs;

    public static SingleActs SingleActs { get; } = new(SingleActBudget, TimeSpan.FromHours(7));

    public static RegistryBudget RegistryBudget { get; } = PolicyKinds.Budgets.Shipped.Of(PolicyKinds.Budgets).Registry;

    public static ClaimDigests ClaimDigests { get; } = new(new byte[32]);

    public static RegistryClaims Claims { get; } = ClaimsWithin(RegistryBudget);

    public static RegistryClaims ClaimsWithin(RegistryBudget budget) =>
        new(new CheckClaims(budget, TimeSpan.FromHours(7)), ClaimDigests.Of);

    public static Act Act { get; } = new("test", Now);

    /// <summary>Whoever entered a record does not sign for it.</summary>
    public static Act Signatory { get; } = new("signatory", Now);

    public static CheckContext Context { get; } = new(
        Certification.Licensed, Plausibility, Today, new HashSet<string> { Facility, OtherFacility }, LotBook.Empty);

    /// <summary>The n-th person of the register: a Vietnamese with both numbers.</summary>
    public static PopulationRow Person(int n) => new(
        Number(n), OldNumber(n), "Nguyễn", $"Văn {Word(n)}", Sex.Male, PartialDate.Parse("1985-02-03"), "26734");

    public static string Number(int n) => $"079085{n.ToString("D6", CultureInfo.InvariantCulture)}";

    public static string OldNumber(int n) => $"024{n.ToString("D6", CultureInfo.InvariantCulture)}";

    /// <summary>A dose of the n-th person, as their facility would send it.</summary>
    public static RecordRow Row(int person = 1, int dose = 1, string facility = Facility) => new()
    {
        Reference = $"{person}-{dose}", Facility = facility, FamilyName = "Nguyễn", GivenName = $"Văn {Word(person)}",
        Sex = "Nam", DateOfBirth = "1985-02-03", IdentityType = "CCCD", IdentityNumber = Number(person),
        Nationality = "VNM", Product = "AstraZeneca", Lot = "ABV1",
        DoseNumber = dose.ToString(CultureInfo.InvariantCulture),
        DoseKind = "primary", VaccinatedOn = new DateOnly(2021, 7, 1).AddDays(60 * dose).ToString(
            "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>A dose of a foreigner, whom no register knows.</summary>
    public static RecordRow Foreigner(int dose = 1, string passport = "M12345678") => Row(0, dose) with
    {
        Reference = $"{passport}-{dose}",
        FamilyName = "Kim",
        GivenName = "Min Ji",
        Sex = "F",
        IdentityType = "PASSPORT",
        IdentityNumber = passport,
        Nationality = "KOR",
    };

    public static CheckedRow Checked(RecordRow row, long? corrects = null)
    {
        var check = CheckRecord.Check(row, Context);
        Assert.Empty(check.HardFaults);
        return check with { Corrects = corrects };
    }

    public static VaccinationRecord Record(RecordRow? row = null) => Checked(row ?? Row()).Record!;

    /// <summary>A different name for each person, of letters only.</summary>
    public static string Word(int n)
    {
        var letters = "A";
        for (; n > 0; n /= 26)
        {
            letters += (char)('a' + (n % 26));
        }
        return letters;
    }
}

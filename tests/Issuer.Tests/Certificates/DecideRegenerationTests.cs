using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Hcert;

namespace Issuer.Tests.Certificates;

public sealed class DecideRegenerationTests
{
    static readonly CertificationPolicy Policy = Course.Policy;

    static readonly Dose[] TwoDoses = [Dose(1, "2021-07-01"), Dose(2, "2021-09-01")];

    [Fact]
    public void The_same_doses_stand() => Stands(DecideOn(TwoDoses));

    [Fact]
    public void A_suspicion_against_a_certified_dose_does_not_stop_it() =>
        Stands(DecideOn(TwoDoses[0], TwoDoses[1] with { IsHeld = true }));

    [Fact]
    public void A_suspicious_newer_dose_does_not_stop_it() =>
        Stands(DecideOn([.. TwoDoses, Dose(3, "2022-02-01") with { IsHeld = true }]));

    [Fact]
    public void A_newer_dose_that_nobody_signed_does_not_stop_it() =>
        Stands(DecideOn([.. TwoDoses, Dose(3, "2022-02-01") with { IsAttested = false }]));

    [Fact]
    public void A_newer_dose_that_contradicts_does_not_stop_it() =>
        Stands(DecideOn([.. TwoDoses, Dose(1, "2022-02-01") with { RecordId = 9 }]));

    [Fact]
    public void A_signed_dose_on_a_certified_day_does_not_stop_it() => Stands(DecideOn(
        [.. TwoDoses, Dose(2, "2021-09-01") with { RecordId = 0, Product = "EU/1/20/1528" }]));

    [Fact]
    public void A_signed_dose_two_days_before_a_certified_one_does_not_stop_it() =>
        Stands(DecideOn([.. TwoDoses, Dose(2, "2021-08-30") with { RecordId = 9 }]));

    [Fact]
    public void A_newer_dose_that_counts_is_left_to_issuing()
    {
        var decision = DecideOn([.. TwoDoses, Dose(3, "2022-02-01")]);

        Assert.True(decision.IsOutdated);
        Assert.Null(decision.Entitlement);
    }

    [Fact]
    public void Without_the_record_it_is_refused()
    {
        Assert.Equal([DecisionReason.NoDose], Reasons(DecideOn()));
        Assert.Equal([DecisionReason.IncompleteCourse], Reasons(DecideOn(TwoDoses[0])));
    }

    [Fact]
    public void Without_the_signature_it_is_refused() => Assert.Contains(
        DecisionReason.NotAttested, Reasons(DecideOn([.. TwoDoses.Select(d => d with { IsAttested = false })])));

    [Fact]
    public void A_product_that_is_not_certified_is_refused() => Assert.Equal(
        [DecisionReason.ProductNotCertified],
        Reasons(DecideOn([.. TwoDoses.Select(d => d with { Product = "Covaxin" })])));

    static void Stands(RegenerationDecision decision)
    {
        Assert.False(decision.IsOutdated);
        Assert.Empty(decision.Refusals);
        Assert.Equal((2, 2), (decision.Entitlement!.DoseNumber, decision.Entitlement.SeriesDoses));
    }

    static IEnumerable<DecisionReason> Reasons(RegenerationDecision decision)
    {
        Assert.Null(decision.Entitlement);
        Assert.False(decision.IsOutdated);
        return decision.Refusals.Select(r => r.Reason);
    }

    static RegenerationDecision DecideOn(params IReadOnlyList<Dose> doses) =>
        DecideRegeneration.Decide(Subject(doses), Policy);

    /// <summary>Somebody whose current certificate says two of two.</summary>
    static DueSubject Subject(IReadOnlyList<Dose> doses)
    {
        var person = new DueSubject(1, 1, new SubjectIdentity(
            "Nguyễn", "Thị Mẫu", Sex.Female, PartialDate.Parse("1985-02-03"), []), doses, null);
        var certified = DecideCourse.Decide(TwoDoses, Policy).Entitlement!;
        var digest = PrepareCertificates.ContentDigest(person, certified, Policy);
        return person with { Lineage = new LineageHead(5, new Slot(7), digest, certified.DoseNumber) };
    }

    static Dose Dose(int number, string day) => new(
        number, Given.Facility, "EU/1/21/1529", number, DoseKind.Primary, DateOnly.Parse(day, null), true, false);
}

using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Tests.Certificates;

public sealed class SuccessionRuleTests
{
    static readonly CertificationPolicy Policy = Course.Policy;

    [Theory]
    [InlineData(SuccessionCause.Corrected, 14)]
    [InlineData(SuccessionCause.DoseWithdrawn, 14)]
    [InlineData(SuccessionCause.NewDose, null)]
    [InlineData(null, null)]
    public void What_a_successor_corrects_is_wrong_data_after_two_weeks(SuccessionCause? cause, int? days) => Assert.Equal(
        days is { } grace
            ? new Declaration(RevocationReason.WrongData, Given.Act, Given.Now.AddDays(grace))
            : null,
        SuccessionRule.OfCorrected(cause, Given.Act));

    [Fact]
    public void Whoever_is_not_entitled_any_more_keeps_what_they_have_for_two_weeks()
    {
        Assert.Equal(
            new Declaration(RevocationReason.WrongData, Given.Act, Given.Now.AddDays(14)),
            SuccessionRule.OfRefused([new Refusal(DecisionReason.NoDose)], Given.Act));
        Assert.Null(SuccessionRule.OfRefused([new Refusal(DecisionReason.Held)], Given.Act));
        Assert.Null(SuccessionRule.OfRefused([], Given.Act));
    }

    [Fact]
    public void Doses_before_a_withdrawn_one_keep_their_signature_and_later_ones_lose_it()
    {
        var doses = Course.Parse("AZ AZ Pfizer+ Pfizer+");

        var left = SuccessionRule.Remaining(doses.AsEnumerable().Reverse(), new HashSet<long> { 2 });

        Assert.Equal(
            [(1, true, true), (3, false, false), (4, false, false)],
            left.Select(d => (d.RecordId, d.IsAttested, d.IsReliedOn)));
        Assert.Equal(doses, SuccessionRule.Remaining(doses, new HashSet<long>()));
    }

    [Fact]
    public void Of_doses_on_one_day_the_one_entered_first_comes_first()
    {
        var one = Course.Parse("AZ")[0];

        Assert.Equal(
            [(7, false)],
            SuccessionRule.Remaining([one with { RecordId = 7 }, one with { RecordId = 3 }], new HashSet<long> { 3 })
                .Select(d => (d.RecordId, d.IsAttested)));
    }

    [Theory]
    [InlineData("AZ AZ", "AZ AZ", true)]
    [InlineData("AZ AZ", "AZ AZ! Pfizer+!", true)]
    [InlineData("AZ AZ", "AZ", false)]
    [InlineData("AZ AZ", "", false)]
    // Of nine doses and more only those that leave the last ones out are tried.
    [InlineData("AZ AZ Pfizer+ Pfizer+ Pfizer+ Pfizer+ Pfizer+ Pfizer+",
        "AZ AZ Pfizer+ Pfizer+ Pfizer+ Pfizer+ Pfizer+ Pfizer+ Pfizer+", true)]
    public void What_was_certified_stands_on_any_of_the_doses_there_are(string certified, string now, bool stands) =>
        Assert.Equal(stands, SuccessionRule.FindStanding(Certified(certified, Course.Parse(now)), Policy) is not null);

    [Fact]
    public void Among_eight_doses_every_choice_is_tried_and_of_nine_only_beginnings()
    {
        // A dose of another product on the day of the first contradicts the course; without it the course stands.
        var course = Course.Parse("AZ AZ Pfizer+ Pfizer+ Pfizer+ Pfizer+ Pfizer+ Pfizer+");
        Dose[] Beside(int count) =>
            [.. course.Take(count), course[0] with { RecordId = 0, Product = Course.ProductOf("Vero") }];

        Assert.NotNull(SuccessionRule.FindStanding(Certified(course.Take(7), Beside(7)), Policy));
        Assert.Null(SuccessionRule.FindStanding(Certified(course, Beside(8)), Policy));
    }

    [Fact]
    public void Of_nine_doses_the_one_entered_last_on_the_last_day_is_left_out_first()
    {
        var course = Course.Parse("AZ AZ Pfizer+ Pfizer+ Pfizer+ Pfizer+ Pfizer+ Pfizer+");
        var entered = course[7] with { RecordId = 20, Product = Course.ProductOf("Moderna") };

        Assert.NotNull(SuccessionRule.FindStanding(Certified(course, [entered, .. course]), Policy));
    }

    [Theory]
    [InlineData("AZ AZ", "AZ AZ!", false)]
    [InlineData("AZ AZ Pfizer+", "AZ AZ Pfizer+!", true)]
    [InlineData("AZ AZ Pfizer+", "AZ AZ Pfizer+", false)]
    [InlineData("AZ AZ", "AZ AZ Pfizer+ Pfizer+!", false)]
    public void A_certificate_stays_while_what_it_rests_on_is_only_left_out(string certified, string now, bool stays)
    {
        var subject = Certified(certified, Course.Parse(now));
        var decision = DecideCourse.Decide(subject.Doses, Policy);

        Assert.Equal(stays, SuccessionRule.StaysMeanwhile(subject, decision, Policy));
    }

    [Fact]
    public void A_merge_that_two_people_approved_comes_before_what_is_left_out()
    {
        var subject = Certified("AZ AZ Pfizer+", Course.Parse("AZ AZ Pfizer+!"));
        var decision = DecideCourse.Decide(subject.Doses, Policy);

        Assert.True(SuccessionRule.StaysMeanwhile(subject, decision, Policy));
        Assert.False(SuccessionRule.StaysMeanwhile(
            subject with { Lineage = subject.Lineage! with { Merged = true } }, decision, Policy));
        Assert.False(SuccessionRule.StaysMeanwhile(
            subject with { Lineage = subject.Lineage! with { DoseNumber = null } }, decision, Policy));
        Assert.False(SuccessionRule.StaysMeanwhile(
            subject with { Lineage = subject.Lineage! with { DoseNumber = 1 } }, decision, Policy));
        Assert.False(SuccessionRule.StaysMeanwhile(subject with { Lineage = null }, decision, Policy));
    }

    [Fact]
    public void A_certificate_that_says_something_else_does_not_stay()
    {
        var subject = Certified("AZ AZ Pfizer+", Course.Parse("AZ AZ Pfizer+!")) with
        {
            Identity = Person with { GivenName = "Thị Khác" },
        };

        Assert.False(SuccessionRule.StaysMeanwhile(subject, DecideCourse.Decide(subject.Doses, Policy), Policy));
    }

    static readonly SubjectIdentity Person = new(
        "Nguyễn", "Thị Mẫu", Sex.Female, PartialDate.Parse("1985-02-03"), []);

    static DueSubject Certified(string certified, IReadOnlyList<Dose> doses) => Certified(Course.Parse(certified), doses);

    /// <summary>Somebody with these doses, whose current certificate was decided on others.</summary>
    static DueSubject Certified(IEnumerable<Dose> certified, IReadOnlyList<Dose> doses)
    {
        var person = new DueSubject(1, 1, Person, doses, null);
        var entitlement = DecideCourse.Decide(certified, Policy).Entitlement!;
        return person with
        {
            Lineage = new LineageHead(
                5, new Slot(7), PrepareCertificates.ContentDigest(person, entitlement, Policy), entitlement.DoseNumber),
        };
    }
}

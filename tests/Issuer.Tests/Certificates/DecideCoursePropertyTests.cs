using FsCheck;
using FsCheck.Fluent;
using Issuer.Core.Certificates;
using Issuer.Core.Records;

namespace Issuer.Tests.Certificates;

/// <summary>What holds of every course, whatever its doses.</summary>
public class DecideCoursePropertyTests
{
    [Fact]
    public void The_order_in_which_doses_come_never_matters() => Prop.ForAll(
        Courses,
        doses => Policies.All(policy =>
            Course.Describe(DecideCourse.Decide(doses, policy))
                == Course.Describe(DecideCourse.Decide(Enumerable.Reverse(doses), policy))
            && Course.Describe(DecideCourse.Decide(doses, policy))
                == Course.Describe(DecideCourse.Decide(doses.OrderBy(d => d.Product), policy))))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Entering_a_dose_once_more_never_changes_anything() => Prop.ForAll(
        Courses,
        doses =>
        {
            var standing = WithoutDuplicates(doses);
            return standing.All(again => Policies.All(policy =>
                Course.Describe(DecideCourse.Decide(standing, policy)) == Course.Describe(DecideCourse.Decide(
                    WithoutDuplicates([.. standing, again with { RecordId = 99, Facility = "01002" }]), policy))));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_dose_is_never_beyond_its_series_except_after_a_one_dose_course() => Prop.ForAll(
        Courses,
        doses => Policies.All(policy => DecideCourse.Decide(doses, policy).Entitlement is not { } entitlement
            || entitlement.DoseNumber <= entitlement.SeriesDoses
            || entitlement is { SeriesDoses: 1, DoseNumber: >= 2 })).QuickCheckThrowOnFailure();

    [Fact]
    public void A_decision_is_either_an_entitlement_or_reasons() => Prop.ForAll(
        Courses,
        doses => Policies.All(policy => DecideCourse.Decide(doses, policy) is var decision
            && decision.Entitlement is null == decision.Refusals.Count > 0
            && decision.Refusals.Distinct().Count() == decision.Refusals.Count)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_certified_is_signed_for_and_its_number_is_that_of_the_doses_there_are_and_one_at_most() =>
        Prop.ForAll(
            Courses,
            entered =>
            {
                var doses = WithoutDuplicates(entered);
                return Policies.All(policy => DecideCourse.Decide(doses, policy).Entitlement is not { } entitlement
                    || (entitlement.LastDose is { IsAttested: true, IsHeld: false } && entitlement.DoseNumber
                        <= doses.Count(d => d.VaccinatedOn <= entitlement.LastDose.VaccinatedOn && !d.IsHeld) + 1));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_nobody_signed_for_changes_no_entitlement() => Prop.ForAll(
        Courses, Courses,
        (signed, others) =>
        {
            var strangers = others.ConvertAll(d => d with
            {
                RecordId = 50 + d.RecordId,
                IsAttested = false,
                IsReliedOn = false,
            });
            return Policies.All(policy => DecideCourse.Decide(signed, policy) is var before
                && (before.Entitlement is null || before.Entitlement
                    == DecideCourse.Decide([.. signed, .. strangers], policy).Entitlement));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_held_dose_changes_no_entitlement_of_the_others() => Prop.ForAll(
        Courses,
        doses => Policies.All(policy =>
            DecideCourse.Decide(doses, policy).Entitlement
                == DecideCourse.Decide(doses.Where(d => !d.IsHeld), policy).Entitlement)).QuickCheckThrowOnFailure();

    static readonly CertificationPolicy[] Policies = [Course.Policy, Course.EveryDose, Given.Certification];

    static readonly Arbitrary<List<Dose>> Courses = (
        from words in Gen.NonEmptyListOf(
            from product in Gen.Elements("AZ", "AZ", "Pfizer", "Janssen", "Abdala", "Covaxin", "_")
            from number in Gen.Elements("", "", "", "#1", "#2", "#3")
            from marks in Gen.Elements("", "", "", "+", "?", "!", "=", "-")
            from days in Gen.Elements("", "", "@0", "@1", "@28")
            select product + number + marks + days)
        select Course.Parse(string.Join(' ', words.Take(6)))).ToArbitrary();

    static List<Dose> WithoutDuplicates(IReadOnlyCollection<Dose> doses)
    {
        var duplicates = FindDuplicates.Of(doses.Select(d => new EnteredDose(d.RecordId, d.Product, d.VaccinatedOn)));
        return [.. doses.Where(d => !duplicates.ContainsKey(d.RecordId))];
    }
}

using FsCheck;
using FsCheck.Fluent;
using Issuer.Core.Certificates;
using Issuer.Core.Records;

namespace Issuer.Tests.Certificates;

/// <summary>
/// The table of design.md section 5, row by row, under both policies; then what must hold of any course.
/// </summary>
public class DecideCourseTests
{
    [Theory]
    [InlineData("AZ", "refused: incomplete-course")]
    [InlineData("AZ AZ", "2/2 AZ")]
    [InlineData("Pfizer Pfizer", "2/2 Pfizer")]
    [InlineData("Moderna Moderna", "2/2 Moderna")]
    [InlineData("Vero Vero", "2/2 Vero")]
    [InlineData("Sputnik Sputnik", "2/2 Sputnik")]
    [InlineData("Hayat Hayat", "2/2 Hayat")]
    [InlineData("AZ#1 AZ#2", "2/2 AZ")]
    public void Two_doses_of_a_two_dose_product_are_two_of_two(string course, string expected) =>
        Same(expected, course);

    [Theory]
    [InlineData("AZ Pfizer", "2/2 Pfizer")]
    [InlineData("Pfizer AZ", "2/2 AZ")]
    [InlineData("Vero#1 Moderna#2", "2/2 Moderna")]
    [InlineData("Moderna= Pfizer=", "2/2 Pfizer")]
    public void A_mixed_course_is_coded_by_its_last_dose(string course, string expected) => Same(expected, course);

    [Theory]
    [InlineData("Janssen", "1/1 Janssen")]
    [InlineData("Janssen#1", "1/1 Janssen")]
    [InlineData("AZ Janssen", "2/2 Janssen")]
    [InlineData("Abdala Janssen", "refused: incomplete-course")]
    [InlineData("Abdala Janssen Janssen", "3/3 Janssen")]
    public void Janssen_is_complete_alone_and_as_second_dose_only_when_the_first_product_is(
        string course, string expected) => Same(expected, course);

    [Theory]
    [InlineData("Abdala", "refused: incomplete-course")]
    [InlineData("Abdala Abdala", "refused: incomplete-course")]
    [InlineData("Abdala Abdala Abdala", "3/3 Abdala")]
    [InlineData("Abdala AZ", "refused: incomplete-course")]
    [InlineData("AZ Abdala", "refused: incomplete-course")]
    [InlineData("Abdala AZ AZ", "3/3 AZ")]
    [InlineData("AZ Abdala Pfizer", "3/3 Pfizer")]
    [InlineData("AZ AZ Abdala", "3/3 Abdala")]
    public void A_course_with_Abdala_in_it_has_three_doses(string course, string expected) => Same(expected, course);

    [Theory]
    [InlineData("AZ AZ Pfizer+", "3/3 Pfizer")]
    [InlineData("AZ AZ Pfizer", "3/3 Pfizer")]
    [InlineData("AZ AZ Pfizer#3+", "3/3 Pfizer")]
    [InlineData("AZ AZ Pfizer#1+", "3/3 Pfizer")]
    [InlineData("AZ AZ Pfizer#1+ Moderna#2+", "4/4 Moderna")]
    [InlineData("Abdala Abdala Abdala Pfizer+", "4/4 Pfizer")]
    [InlineData("Vero Vero Vero Pfizer+ Pfizer+", "5/5 Pfizer")]
    public void A_booster_is_n_of_n(string course, string expected) => Same(expected, course);

    [Theory]
    [InlineData("Janssen Janssen", "2/1 Janssen")]
    [InlineData("Janssen Pfizer", "2/1 Pfizer")]
    [InlineData("Janssen#1 Pfizer#1+", "2/1 Pfizer")]
    [InlineData("Janssen Abdala", "2/1 Abdala")]
    [InlineData("Janssen Pfizer Pfizer", "3/1 Pfizer")]
    public void After_Janssen_every_dose_is_n_of_one(string course, string expected) => Same(expected, course);

    [Theory]
    [InlineData("_ AZ#2", "2/2 AZ", "missing-dose 1")]
    [InlineData("_ Janssen#2", "2/2 Janssen", "missing-dose 1")]
    [InlineData("_ _ Abdala#3", "3/3 Abdala", "missing-dose 1, missing-dose 2")]
    [InlineData("AZ _ AZ#3", "3/3 AZ", "missing-dose 2")]
    [InlineData("AZ _ Pfizer#3+", "3/3 Pfizer", "missing-dose 2")]
    [InlineData("_ _ Pfizer#3+", "3/3 Pfizer", "missing-dose 1, missing-dose 2")]
    [InlineData("_ _ Pfizer#3", "3/3 Pfizer", "missing-dose 1, missing-dose 2")]
    [InlineData("_ _ _ Pfizer#4+", "4/4 Pfizer", "missing-dose 1, missing-dose 2, missing-dose 3")]
    [InlineData("_ AZ#2 Pfizer#3+", "3/3 Pfizer", "missing-dose 1")]
    [InlineData("Abdala _ Abdala#3", "3/3 Abdala", "missing-dose 2")]
    [InlineData("Abdala _ _ Pfizer#4+", "4/4 Pfizer", "missing-dose 2, missing-dose 3")]
    [InlineData("Janssen _ Pfizer#3+", "3/1 Pfizer", "missing-dose 2")]
    [InlineData("_ Pfizer#2+", "2/1 Pfizer", "missing-dose 1")]
    public void The_last_dose_speaks_for_missing_ones_only_under_its_own_policy(
        string course, string lastDose, string missing)
    {
        Assert.Equal(lastDose, Decide(course, Course.Policy));
        Assert.Equal($"refused: {missing}", Decide(course, Course.EveryDose));
    }

    [Theory]
    [InlineData("_ Abdala#2", "incomplete-course", "missing-dose 1, incomplete-course")]
    [InlineData("_ AZ", "incomplete-course", "incomplete-course")]
    [InlineData("_ Pfizer#1+", "incomplete-course", "incomplete-course")]
    public void A_missing_dose_that_nobody_counted_completes_nothing(string course, string lastDose, string everyDose)
    {
        Assert.Equal($"refused: {lastDose}", Decide(course, Course.Policy));
        Assert.Equal($"refused: {everyDose}", Decide(course, Course.EveryDose));
    }

    [Theory]
    [InlineData("AZ? AZ", "2/2 AZ", "refused: not-attested")]
    [InlineData("AZ AZ? Pfizer+", "3/3 Pfizer", "refused: incomplete-course, not-attested")]
    [InlineData("AZ? AZ? Pfizer+", "3/3 Pfizer", "refused: not-attested")]
    public void The_facility_of_the_last_dose_signs_for_the_series_only_under_its_own_policy(
        string course, string lastDose, string everyDose)
    {
        Assert.Equal(lastDose, Decide(course, Course.Policy));
        Assert.Equal(everyDose, Decide(course, Course.EveryDose));
    }

    [Theory]
    [InlineData("AZ AZ Pfizer?+", "2/2 AZ")]
    [InlineData("Janssen Pfizer?", "1/1 Janssen")]
    [InlineData("AZ AZ?", "refused: incomplete-course, not-attested")]
    [InlineData("AZ? AZ?", "refused: not-attested")]
    [InlineData("AZ?", "refused: not-attested, incomplete-course")]
    public void An_unsigned_last_dose_waits_without_taking_the_older_course_away(string course, string expected) =>
        Same(expected, course);

    [Theory]
    [InlineData("AZ! AZ", "refused: held")]
    [InlineData("AZ AZ!", "refused: held")]
    [InlineData("AZ AZ Pfizer!?+", "refused: held")]
    [InlineData("AZ!?", "refused: held, not-attested, incomplete-course")]
    [InlineData("AZ! Covaxin", "refused: held, product-not-certified")]
    [InlineData("Covaxin Covaxin", "refused: product-not-certified")]
    public void Nothing_is_certified_while_any_dose_is_under_suspicion_or_not_licensed(
        string course, string expected) =>
        Same(expected, course);

    [Theory]
    [InlineData("AZ#2 AZ#1")]
    [InlineData("AZ#1 AZ#1")]
    [InlineData("AZ AZ#1")]
    [InlineData("AZ#2 Pfizer#2")]
    [InlineData("AZ#1 AZ#2 Pfizer#2=")]
    [InlineData("AZ#3 AZ#2 AZ")]
    public void Numbers_that_do_not_rise_with_the_dates_are_a_conflict(string course) =>
        Same("refused: conflicting-doses", course);

    [Theory]
    [InlineData("AZ Pfizer@0")]
    [InlineData("AZ AZ Pfizer@0")]
    [InlineData("AZ Moderna@0 AZ")]
    public void Two_products_on_one_day_are_a_conflict(string course) => Same("refused: conflicting-doses", course);

    [Fact]
    public void Nobody_is_certified_without_a_dose() => Same("refused: no-dose", "");

    [Theory]
    [InlineData("AZ", "1/2 AZ")]
    [InlineData("Abdala", "1/3 Abdala")]
    [InlineData("Abdala Abdala", "2/3 Abdala")]
    [InlineData("AZ Abdala", "2/3 Abdala")]
    [InlineData("AZ AZ", "2/2 AZ")]
    [InlineData("_ Abdala#2", "2/3 Abdala")]
    public void The_policy_file_can_allow_incomplete_courses(string course, string expected) =>
        Assert.Equal(expected, Decide(course, Course.Policy with { RequireCompleteCourse = false }));

    [Theory]
    [InlineData("AZ AZ@0 AZ@60", "AZ AZ@60")]
    [InlineData("AZ AZ@2 AZ@58", "AZ AZ@60")]
    [InlineData("AZ#1 AZ#2 AZ#2@0", "AZ#1 AZ#2")]
    [InlineData("Janssen#1 Janssen+@28 AZ+@28 AZ AZ?@0", "Janssen#1 Janssen+@28 AZ+@28 AZ")]
    public void A_duplicate_counts_once(string entered, string given)
    {
        var doses = Course.Parse(entered);
        var duplicates = FindDuplicates.Of(doses.Select(d => new EnteredDose(d.RecordId, d.Product, d.VaccinatedOn)));

        Assert.Single(duplicates);
        Assert.Equal(
            Decide(given, Course.Policy),
            Course.Describe(DecideCourse.Decide(doses.Where(d => !duplicates.ContainsKey(d.RecordId)), Course.Policy)));
    }

    [Fact]
    public void The_order_in_which_doses_come_never_matters() => Prop.ForAll(
        Courses,
        doses => BothPolicies.All(policy =>
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
            return standing.All(again => BothPolicies.All(policy =>
                Course.Describe(DecideCourse.Decide(standing, policy)) == Course.Describe(DecideCourse.Decide(
                    WithoutDuplicates([.. standing, again with { RecordId = 99, Facility = "01002" }]), policy))));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_dose_is_never_beyond_its_series_except_after_a_one_dose_course() => Prop.ForAll(
        Courses,
        doses => BothPolicies.All(policy => DecideCourse.Decide(doses, policy).Entitlement is not { } entitlement
            || entitlement.DoseNumber <= entitlement.SeriesDoses
            || entitlement is { SeriesDoses: 1, DoseNumber: >= 2 })).QuickCheckThrowOnFailure();

    [Fact]
    public void A_decision_is_either_an_entitlement_or_reasons() => Prop.ForAll(
        Courses,
        doses => BothPolicies.All(policy => DecideCourse.Decide(doses, policy) is var decision
            && decision.Entitlement is null == decision.Refusals.Count > 0
            && decision.Refusals.Distinct().Count() == decision.Refusals.Count)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_certified_is_signed_for_and_its_number_covers_every_dose_up_to_it() => Prop.ForAll(
        Courses,
        entered =>
        {
            // A dose entered twice on the last day, unsigned the second time, is not one more.
            var doses = WithoutDuplicates(entered);
            return BothPolicies.All(policy => DecideCourse.Decide(doses, policy).Entitlement is not { } entitlement
                || (entitlement.LastDose.IsAttested && entitlement.DoseNumber
                    >= doses.Count(d => d.VaccinatedOn <= entitlement.LastDose.VaccinatedOn)));
        }).QuickCheckThrowOnFailure();

    static readonly CertificationPolicy[] BothPolicies = [Course.Policy, Course.EveryDose];

    static readonly Arbitrary<List<Dose>> Courses = (
        from words in Gen.NonEmptyListOf(
            from product in Gen.Elements("AZ", "AZ", "Pfizer", "Janssen", "Abdala", "Covaxin", "_")
            from number in Gen.Elements("", "", "", "#1", "#2", "#3")
            from marks in Gen.Elements("", "", "", "+", "?", "!", "=")
            from days in Gen.Elements("", "", "@0", "@1", "@28")
            select product + number + marks + days)
        select Course.Parse(string.Join(' ', words.Take(6)))).ToArbitrary();

    static List<Dose> WithoutDuplicates(IReadOnlyCollection<Dose> doses)
    {
        var duplicates = FindDuplicates.Of(doses.Select(d => new EnteredDose(d.RecordId, d.Product, d.VaccinatedOn)));
        return [.. doses.Where(d => !duplicates.ContainsKey(d.RecordId))];
    }

    static void Same(string expected, string course)
    {
        Assert.Equal(expected, Decide(course, Course.Policy));
        Assert.Equal(expected, Decide(course, Course.EveryDose));
    }

    static string Decide(string course, CertificationPolicy policy) =>
        Course.Describe(DecideCourse.Decide(Course.Parse(course), policy));
}

using Issuer.Core.Certificates;
using Issuer.Core.Records;

namespace Issuer.Tests.Certificates;

/// <summary>
/// The table of design.md section 5, row by row, under both policies.
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
    [InlineData("AZ _ AZ#3", "3/3 AZ", "missing-dose 2")]
    [InlineData("AZ _ Pfizer#3+", "3/3 Pfizer", "missing-dose 2")]
    [InlineData("_ AZ#2 Pfizer#3+", "3/3 Pfizer", "missing-dose 1")]
    [InlineData("Abdala _ Abdala#3", "3/3 Abdala", "missing-dose 2")]
    [InlineData("Janssen _ Pfizer#3+", "3/1 Pfizer", null)]
    public void The_last_dose_speaks_for_one_that_is_missing_only_under_its_own_policy(
        string course, string lastDose, string? missing)
    {
        Assert.Equal(lastDose, Decide(course, Course.Policy));
        Assert.Equal("", Questions(course, Course.Policy));
        // What is complete without the dose that waits stands by itself.
        Assert.Equal(missing is null ? "1/1 Janssen" : $"refused: {missing}", Decide(course, Course.EveryDose));
    }

    [Theory]
    [InlineData("_ _ Abdala#3", "missing-dose 1, missing-dose 2", "missing-dose 1 of 1")]
    [InlineData("_ _ Pfizer#3+", "missing-dose 1, missing-dose 2", "missing-dose 1 of 1")]
    [InlineData("_ _ Pfizer#3", "missing-dose 1, missing-dose 2", "missing-dose 1 of 1")]
    [InlineData("Abdala _ _ Pfizer#4+", "missing-dose 2, missing-dose 3", "missing-dose 2 of 2")]
    [InlineData("_ _ _ Pfizer#4+", "missing-dose 1, missing-dose 2, missing-dose 3", "missing-dose 1 of 1")]
    [InlineData("_ Pfizer#2+", "missing-dose 1", "missing-dose 1 of 1")]
    [InlineData("_ Pfizer#1+", "missing-dose 1", "missing-dose 1 of 1")]
    [InlineData("_ Pfizer+", "missing-dose 1", "missing-dose 1 of 1")]
    [InlineData("_ Pfizer+ Moderna+", "missing-dose 1", "missing-dose 1 of 1")]
    public void A_lone_booster_or_a_dose_with_more_than_one_missing_before_it_is_asked_about(
        string course, string missing, string question)
    {
        Same($"refused: {missing}", course);
        Assert.Equal(question, Questions(course, Course.Policy));
    }

    [Theory]
    [InlineData(
        "AZ#9", "missing-dose 1, missing-dose 2, missing-dose 3, missing-dose 4, missing-dose 5, missing-dose 6,"
        + " missing-dose 7, missing-dose 8")]
    [InlineData("AZ AZ#9", "missing-dose 2, missing-dose 3, missing-dose 4, missing-dose 5, missing-dose 6,"
        + " missing-dose 7, missing-dose 8")]
    public void A_number_that_was_typed_makes_no_dose(string course, string missing) =>
        Same($"refused: {missing}", course);

    [Theory]
    [InlineData("AZ AZ Pfizer#9+", "2/2 AZ", "missing-dose 3 of 3")]
    [InlineData("AZ AZ _ _ Moderna#5+", "2/2 AZ", "missing-dose 3 of 3")]
    [InlineData("AZ#1 AZ#2 Pfizer#2=", "2/2 AZ", "conflicting-doses of 2 3")]
    [InlineData("AZ AZ Pfizer+ Moderna+@0", "2/2 AZ", "conflicting-doses of 3 4")]
    [InlineData("AZ AZ Covaxin", "2/2 AZ", "")]
    [InlineData("Janssen Pfizer#9", "1/1 Janssen", "missing-dose 2 of 2")]
    public void What_is_signed_and_complete_does_not_wait_for_a_question_about_a_later_dose(
        string course, string expected, string questions)
    {
        Same(expected, course);
        Assert.Equal(questions, Questions(course, Course.Policy));
        Assert.True(DecideCourse.Decide(Course.Parse(course), Course.Policy).LeavesOut);
    }

    [Theory]
    [InlineData("_ AZ#2 _ Pfizer#4+", "2/2 AZ")]
    [InlineData("_ AZ#2 AZ#1", "refused: conflicting-doses")]
    [InlineData("_ AZ#2 AZ#3 AZ#1", "refused: conflicting-doses")]
    public void There_is_room_for_one_dose_in_all_and_for_none_where_numbers_contradict(
        string course, string expected) => Assert.Equal(expected, Decide(course, Course.Policy));

    [Theory]
    [InlineData("_ Abdala#2", "incomplete-course", "missing-dose 1, incomplete-course")]
    [InlineData("_ AZ", "incomplete-course", "incomplete-course")]
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
    [InlineData("AZ AZ Pfizer-@0", "2/2 AZ", "conflicting-doses of 2 3")]
    [InlineData("AZ#1 Moderna#1- AZ#2", "2/2 AZ", "conflicting-doses of 1 2")]
    [InlineData("AZ#1 AZ#2 AZ#1-", "2/2 AZ", "conflicting-doses of 2 3")]
    [InlineData("Pfizer- AZ AZ", "2/2 AZ", "")]
    [InlineData("AZ Covaxin- AZ", "2/2 AZ", "")]
    [InlineData("AZ AZ-@2 AZ", "2/2 AZ", "close-doses of 1 2")]
    [InlineData("AZ AZ Pfizer+-", "2/2 AZ", "")]
    public void What_nobody_signed_for_weighs_nothing_against_what_somebody_did(
        string course, string expected, string questions)
    {
        Same(expected, course);
        Assert.Equal(questions, Questions(course, Course.Policy));
        Assert.False(DecideCourse.Decide(Course.Parse(course), Course.Policy).LeavesOut);
    }

    [Theory]
    [InlineData("AZ! AZ", "refused: held, incomplete-course")]
    [InlineData("AZ AZ!", "refused: held, incomplete-course")]
    [InlineData("AZ! AZ!", "refused: held")]
    [InlineData("AZ!?", "refused: held")]
    [InlineData("AZ AZ Pfizer!?+", "2/2 AZ")]
    [InlineData("AZ AZ Pfizer!+", "2/2 AZ")]
    [InlineData("AZ AZ! AZ", "2/2 AZ")]
    [InlineData("AZ AZ Pfizer!@0", "2/2 AZ")]
    [InlineData("AZ#1 AZ#1! AZ#2", "2/2 AZ")]
    [InlineData("AZ! AZ?", "refused: held, not-attested, incomplete-course")]
    [InlineData("AZ! Covaxin", "refused: held, product-not-certified")]
    public void A_dose_under_suspicion_is_left_out_and_the_others_are_decided(string course, string expected) =>
        Same(expected, course);

    [Fact]
    public void A_product_that_is_not_licensed_is_not_certified() =>
        Same("refused: product-not-certified", "Covaxin Covaxin");

    [Theory]
    [InlineData("AZ#2 AZ#1", "conflicting-doses of 1 2")]
    [InlineData("AZ#1 AZ#1", "conflicting-doses of 1 2")]
    [InlineData("AZ AZ#1", "conflicting-doses of 1 2")]
    [InlineData("AZ#2 Pfizer#2", "conflicting-doses of 1 2")]
    [InlineData("AZ#3 AZ#2 AZ", "missing-dose 1 of 1")]
    public void Numbers_that_do_not_rise_with_the_dates_are_asked_about(string course, string question)
    {
        Same("refused: conflicting-doses", course);
        Assert.Equal(question, Questions(course, Course.Policy));
    }

    [Theory]
    [InlineData("_ Pfizer+ AZ#2", "missing-dose 1 of 1, conflicting-doses of 1 2")]
    [InlineData("_ AZ#2 _ AZ#4", "missing-dose 3 of 2")]
    [InlineData("AZ#1 AZ#2 Vero#1 Moderna#1@0", "conflicting-doses of 2 3, conflicting-doses of 3 4")]
    public void Each_dose_is_asked_about_by_what_is_there_before_it(string course, string questions) =>
        Assert.Equal(questions, Questions(course, Course.Policy));

    [Theory]
    [InlineData("AZ AZ")]
    [InlineData("AZ- AZ-")]
    public void Where_every_dose_counts_or_waits_for_its_signature_none_is_left_out(string course) =>
        Assert.False(DecideCourse.Decide(Course.Parse(course), Course.Policy).LeavesOut);

    [Theory]
    [InlineData("AZ Pfizer@0", "conflicting-doses of 1 2")]
    [InlineData("AZ AZ Pfizer@0", "conflicting-doses of 2 3")]
    [InlineData("AZ Moderna@0 AZ", "conflicting-doses of 1 2")]
    [InlineData("AZ Vero@0 Pfizer Moderna@0", "conflicting-doses of 1 2, conflicting-doses of 3 4")]
    public void Two_products_on_one_day_both_signed_for_are_asked_about(string course, string question)
    {
        Same("refused: conflicting-doses", course);
        Assert.Equal(question, Questions(course, Course.Policy));
    }

    [Fact]
    public void Where_the_unsigned_one_of_two_close_doses_counts_that_is_the_reason() =>
        Assert.Equal("refused: close-doses", Decide("AZ#2? AZ#2@1", Course.Policy));

    [Theory]
    [InlineData("AZ AZ@2", "refused: close-doses, incomplete-course")]
    [InlineData("AZ#1 AZ#2@7", "refused: close-doses, incomplete-course")]
    [InlineData("AZ AZ@8", "2/2 AZ")]
    [InlineData("AZ AZ@2 AZ@58", "2/2 AZ")]
    [InlineData("AZ AZ@30 AZ@3", "2/2 AZ")]
    [InlineData("Janssen Janssen@3", "1/1 Janssen")]
    public void Two_doses_of_a_product_within_a_week_count_once_and_are_asked_about(string course, string expected)
    {
        Same(expected, course);
        Assert.Equal(
            !course.Contains("@8", StringComparison.Ordinal),
            Questions(course, Course.Policy).StartsWith("close-doses of ", StringComparison.Ordinal));
    }

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

    static void Same(string expected, string course)
    {
        Assert.Equal(expected, Decide(course, Course.Policy));
        Assert.Equal(expected, Decide(course, Course.EveryDose));
    }

    static string Decide(string course, CertificationPolicy policy) =>
        Course.Describe(DecideCourse.Decide(Course.Parse(course), policy));

    static string Questions(string course, CertificationPolicy policy) =>
        Course.DescribeQuestions(DecideCourse.Decide(Course.Parse(course), policy));
}

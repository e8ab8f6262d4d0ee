using Issuer.Core.Certificates;
using Issuer.Core.Records;

namespace Issuer.Tests.Certificates;

/// <summary>Which courses are believed, by the shipped policy. Doses begin on 31 October 2021.</summary>
public sealed class PlausibilityTests
{
    static readonly CertificationPolicy Policy = Given.Certification;

    [Theory]
    // Of the table of intervals: the first day that is believed, and the day before.
    [InlineData("AZ AZ@24", "2/2 AZ", "")]
    [InlineData("AZ AZ@23", "refused: incomplete-course, too-soon", "too-soon of 1 2")]
    [InlineData("Pfizer Pfizer@17", "2/2 Pfizer", "")]
    [InlineData("Pfizer Pfizer@16", "refused: incomplete-course, too-soon", "too-soon of 1 2")]
    [InlineData("Abdala Abdala@14 Abdala@14", "3/3 Abdala", "")]
    [InlineData("Abdala Abdala@14 Abdala@9", "refused: incomplete-course, too-soon", "too-soon of 2 3")]
    // Mixed courses and boosters go by the product that is given.
    [InlineData("AZ Pfizer@17", "2/2 Pfizer", "")]
    [InlineData("AZ Pfizer@3", "refused: incomplete-course, too-soon", "too-soon of 1 2")]
    [InlineData("AZ AZ Pfizer+@86", "3/3 Pfizer", "")]
    [InlineData("AZ AZ Pfizer+@60", "3/3 Pfizer", "too-soon of 2 3")]
    [InlineData("AZ AZ Pfizer+@20", "2/2 AZ", "too-soon of 2 3")]
    // A week and less is a question of its own, and so is one day.
    [InlineData("AZ AZ@2", "refused: close-doses, incomplete-course", "close-doses of 1 2")]
    [InlineData("AZ Pfizer@0", "refused: conflicting-doses", "conflicting-doses of 1 2")]
    // A confirmed dose is believed.
    [InlineData("AZ AZ^@23", "2/2 AZ", "")]
    [InlineData("AZ AZ^@2", "refused: close-doses, incomplete-course", "close-doses of 1 2")]
    // Nobody gets five doses in half a year.
    [InlineData("AZ AZ Pfizer Pfizer Pfizer", "4/4 Pfizer", "too-many-doses of 5")]
    [InlineData("AZ AZ Pfizer Pfizer Pfizer^", "5/5 Pfizer", "")]
    [InlineData("AZ AZ Pfizer Pfizer Pfizer@91", "5/5 Pfizer", "")]
    // What is not signed for is asked about, and takes nothing from what is.
    [InlineData("AZ AZ-@10 AZ@20", "2/2 AZ", "too-soon of 1 2")]
    [InlineData("AZ- AZ@10 AZ", "2/2 AZ", "too-soon of 1 2")]
    public void A_dose_too_soon_or_one_too_many_is_asked_about(string course, string certified, string asked)
    {
        var decision = DecideCourse.Decide(Course.Parse(course), Policy);

        Assert.Equal(certified, Course.Describe(decision));
        Assert.Equal(asked, Course.DescribeQuestions(decision));
    }

    [Theory]
    // Pfizer: from 18 at first, from 12 since 14 October 2021, from 5 since April 2022.
    [InlineData("Pfizer", "2009-10-31", "")]
    [InlineData("Pfizer", "2009-11-01", "before-licence of 1")]
    [InlineData("Pfizer", "2016-10-31", "before-licence of 1")]
    [InlineData("Pfizer", "2016-11-01", "too-young of 1")]
    [InlineData("Pfizer@200", "2017-04-19", "")]
    [InlineData("Pfizer@200", "2017-04-20", "too-young of 1")]
    [InlineData("Moderna@200", "2016-04-19", "")]
    [InlineData("Moderna@200", "2016-04-20", "too-young of 1")]
    [InlineData("Vero", "2003-10-31", "")]
    [InlineData("Vero", "2003-11-01", "too-young of 1")]
    // Of a year or a month alone the oldest age is taken.
    [InlineData("Vero", "2003", "")]
    [InlineData("Vero", "2003-10", "")]
    [InlineData("Vero", "2003-11", "too-young of 1")]
    [InlineData("Vero", "2004", "too-young of 1")]
    // Confirmed.
    [InlineData("Vero^", "2004", "")]
    public void A_dose_that_people_of_this_age_do_not_get_is_asked_about(string course, string born, string asked) =>
        Assert.Equal(asked, Course.DescribeQuestions(DecideCourse.Decide(Course.Parse(course, born), Policy)));

    [Fact]
    public void Before_the_licence_an_adult_counts_and_the_clerk_is_told()
    {
        var dose = Assert.Single(Course.Parse("Janssen", "1985-02-03")) with { VaccinatedOn = new(2021, 7, 14) };

        var decision = DecideCourse.Decide([dose], Policy);

        Assert.Equal("1/1 Janssen", Course.Describe(decision));
        Assert.True(Assert.Single(decision.Questions) is { Reason: DecisionReason.BeforeLicence, IsWarning: true });
    }

    [Fact]
    public void A_child_too_young_gets_no_certificate_before_somebody_answers()
    {
        var doses = Course.Parse("AZ AZ", "2010-05-05");

        Assert.Equal("refused: too-young", Course.Describe(DecideCourse.Decide(doses, Policy)));
        Assert.Equal("2/2 AZ", Course.Describe(DecideCourse.Decide(
            doses.Select(dose => dose with { IsConfirmed = true }), Policy)));
    }

    [Fact]
    public void Where_one_rule_warns_and_another_asks_the_dose_waits()
    {
        var policy = Policy with
        {
            Plausibility = PlausibilityPolicy.None with
            {
                Intervals = [
                    new LeastInterval(null, null, 40, PlausibilityRule.Warn),
                    new LeastInterval(null, null, 31, PlausibilityRule.Ask)],
            },
        };

        Assert.Equal(
            "refused: incomplete-course, too-soon", Course.Describe(DecideCourse.Decide(Course.Parse("AZ AZ"), policy)));
        Assert.False(Assert.Single(DecideCourse.Decide(Course.Parse("AZ AZ"), policy).Questions).IsWarning);
        Assert.True(Assert.Single(DecideCourse.Decide(Course.Parse("AZ AZ@31"), policy).Questions).IsWarning);
        Assert.Empty(DecideCourse.Decide(Course.Parse("AZ AZ@40"), policy).Questions);
    }

    [Fact]
    public void Without_rules_everything_is_believed() => Assert.Empty(DecideCourse.Decide(
        Course.Parse("AZ AZ@9 AZ@9 AZ@9 AZ@9", "2020"),
        Policy with { Plausibility = PlausibilityPolicy.None }).Questions);
}

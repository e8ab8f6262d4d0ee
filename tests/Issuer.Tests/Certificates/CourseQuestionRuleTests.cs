using Issuer.Core;
using Issuer.Core.Certificates;

namespace Issuer.Tests.Certificates;

public sealed class CourseQuestionRuleTests
{
    static readonly WorkCalendar Calendar = new([DayOfWeek.Saturday, DayOfWeek.Sunday], []);

    [Theory]
    [InlineData("79", -1, QuestionOwner.Facility)]
    [InlineData("79", 0, QuestionOwner.Province)]
    [InlineData(null, 0, QuestionOwner.Ministry)]
    public void A_facility_has_five_working_days_then_its_province_or_the_ministry(
        string? province, int secondsLate, QuestionOwner expected)
    {
        // A Friday morning: five working days end with the Friday after.
        var question = Ask(DecisionReason.CloseDoses, province) with
        {
            AskedAt = new DateTimeOffset(2022, 3, 4, 9, 0, 0, TimeSpan.FromHours(7)),
        };
        var due = CourseQuestionRule.DueAt(question.AskedAt, Calendar, TimeSpan.FromHours(7));

        Assert.Equal(new DateTimeOffset(2022, 3, 12, 0, 0, 0, TimeSpan.FromHours(7)), due);
        Assert.Equal(expected, CourseQuestionRule.OwnerOf(question.Raised.Province, due, due.AddSeconds(secondsLate)));
    }

    [Theory]
    [InlineData(DecisionReason.CloseDoses, "seven days apart")]
    [InlineData(DecisionReason.MissingDose, "dose 3 before this dose")]
    [InlineData(DecisionReason.ConflictingDoses, "contradict each other")]
    [InlineData(DecisionReason.TooSoon, "too soon after the one before")]
    [InlineData(DecisionReason.TooYoung, "not given to people of this age")]
    [InlineData(DecisionReason.BeforeLicence, "not given to people of this age yet")]
    [InlineData(DecisionReason.TooManyDoses, "too many doses")]
    public void Every_question_says_what_to_do_in_both_languages(DecisionReason reason, string english)
    {
        var text = CourseQuestionRule.TextOf(Ask(reason, "79"));

        Assert.Contains(english, text.En, StringComparison.Ordinal);
        Assert.Contains("Hãy", text.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_that_is_asked_has_its_words_and_no_other() => Assert.All(
        Enum.GetValues<DecisionReason>(),
        reason => Assert.Equal(
            CourseQuestionRule.IsAsked(reason), Record.Exception(() => CourseQuestionRule.TextOf(Ask(reason, "79"))) is null));

    static OpenQuestion Ask(DecisionReason reason, string? province) => new(
        reason, new AskedDose(1, 1, Given.Facility, province, "1-1", "EU/1/21/1529", 1, new DateOnly(2021, 8, 30)), null,
        3, Given.Now, false);
}

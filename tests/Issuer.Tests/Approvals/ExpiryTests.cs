using System.Globalization;
using Issuer.Core;
using Issuer.Core.Approvals;

namespace Issuer.Tests.Approvals;

/// <summary>Three working days in Vietnam, with its holidays of 2026 and 2027 as they are shipped.</summary>
public sealed class ExpiryTests
{
    static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    [Theory]
    [InlineData("2026-03-02T09:00:00+07:00", "2026-03-06T00:00:00+07:00")]
    [InlineData("2026-03-02T00:00:00+07:00", "2026-03-06T00:00:00+07:00")]
    [InlineData("2026-03-01T23:59:59+07:00", "2026-03-05T00:00:00+07:00")]
    public void The_day_of_the_request_does_not_count(string asked, string isVoid) => AssertVoid(asked, isVoid);

    [Theory]
    [InlineData("2026-03-06T18:30:00+07:00", "2026-03-12T00:00:00+07:00")]
    [InlineData("2026-03-06T23:59:59+07:00", "2026-03-12T00:00:00+07:00")]
    [InlineData("2026-03-07T12:00:00+07:00", "2026-03-12T00:00:00+07:00")]
    [InlineData("2026-03-08T23:59:59+07:00", "2026-03-12T00:00:00+07:00")]
    public void A_request_of_Friday_evening_stands_until_Wednesday_has_passed(string asked, string isVoid) =>
        AssertVoid(asked, isVoid);

    [Theory]
    [InlineData("2026-02-13T17:00:00+07:00", "2026-02-26T00:00:00+07:00")]
    [InlineData("2026-02-12T17:00:00+07:00", "2026-02-25T00:00:00+07:00")]
    [InlineData("2027-02-04T08:00:00+07:00", "2027-02-16T00:00:00+07:00")]
    public void Tet_does_not_count(string asked, string isVoid) => AssertVoid(asked, isVoid);

    [Theory]
    [InlineData("2026-02-18T10:00:00+07:00", "2026-02-26T00:00:00+07:00")]
    [InlineData("2026-04-30T10:00:00+07:00", "2026-05-07T00:00:00+07:00")]
    public void A_request_on_a_holiday_has_three_whole_days_after_it(string asked, string isVoid) =>
        AssertVoid(asked, isVoid);

    [Theory]
    [InlineData("2026-03-01T16:59:59Z", "2026-03-04T17:00:00Z")]
    [InlineData("2026-03-01T17:00:00Z", "2026-03-05T17:00:00Z")]
    public void Days_are_Vietnams_wherever_the_clock_stands(string asked, string isVoid) => AssertVoid(asked, isVoid);

    [Fact]
    public void Without_holidays_it_is_the_week_alone_that_counts()
    {
        var calendar = new WorkCalendar([DayOfWeek.Sunday], []);
        Assert.Equal(
            At("2026-02-19T00:00:00+07:00"), calendar.EndOfTerm(3, At("2026-02-14T08:00:00+07:00"), Vietnam));
    }

    [Fact]
    public void At_the_limit_it_is_too_late_and_a_second_before_it_is_not()
    {
        var command = new RaiseExemptCap("79001", 30, "embassies");
        var set = new MaterialisedSet(["facility 79001"]);
        var limit = At("2026-03-12T00:00:00+07:00");
        var asked = new Approval(
            1, command, set, Approval.DigestOf(command, set), "asker", At("2026-03-06T18:30:00+07:00"), limit,
            ApprovalState.Requested, null, null);
        var second = new Person("second", ["ministry-security"]);
        Assert.Null(DecideApproval.Approve(asked, second, limit.AddSeconds(-1)));
        Assert.Equal(RejectionKind.Conflict, DecideApproval.Approve(asked, second, limit)?.Kind);
        Assert.Equal(RejectionKind.Conflict, DecideApproval.Reject(asked, second, limit)?.Kind);
    }

    static void AssertVoid(string asked, string isVoid) =>
        Assert.Equal(At(isVoid), ApprovalRule.ExpiryOf(At(asked), Given.Feedback.Calendar, Vietnam));

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

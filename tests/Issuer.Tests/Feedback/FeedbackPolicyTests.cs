using System.Globalization;
using Issuer.Core.Feedback;
using Issuer.Core.Pki;

namespace Issuer.Tests.Feedback;

public sealed class FeedbackPolicyTests
{
    static readonly TimeSpan Vietnam = ValidityPolicy.Default.UtcOffset;

    static FeedbackPolicy Policy => Given.Feedback;

    [Theory]
    [InlineData("2026-03-02T09:00:00+07:00", "2026-03-06T00:00:00+07:00")]
    [InlineData("2026-03-05T23:59:59+07:00", "2026-03-11T00:00:00+07:00")]
    [InlineData("2026-03-07T10:00:00+07:00", "2026-03-12T00:00:00+07:00")]
    [InlineData("2026-03-01T18:00:00Z", "2026-03-06T00:00:00+07:00")]
    [InlineData("2026-04-29T08:00:00+07:00", "2026-05-07T00:00:00+07:00")]
    public void A_report_is_late_after_three_whole_working_days(string filed, string due) =>
        Assert.Equal(Instant(due), Policy.DeadlineOf(Instant(filed), Vietnam));

    [Fact]
    public void There_are_thirteen_reasons_in_both_languages()
    {
        Assert.Equal(13, RefusalReasons.All.DistinctBy(reason => reason.Code).Count());
        Assert.All(
            RefusalReasons.All, reason => Assert.True(reason.Vietnamese.Length > 5 && reason.English.Length > 5));
        Assert.Equal("blurred", RefusalReasons.Find("blurred")!.Code);
        Assert.Null(RefusalReasons.Find("because"));
    }

    static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

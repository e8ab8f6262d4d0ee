using Issuer.Core;
using Issuer.Core.Pki;

namespace Issuer.Tests.Feedback;

public sealed class DailyLimitTests
{
    [Theory]
    [InlineData("2026-03-01T16:59:59Z", "2026-03-01")]
    [InlineData("2026-03-01T17:00:00Z", "2026-03-02")]
    [InlineData("2026-03-02T00:00:00Z", "2026-03-02")]
    [InlineData("2026-03-02T16:59:59Z", "2026-03-02")]
    public void The_day_is_Vietnams(string now, string day) => Assert.Equal(
        DateOnly.Parse(day, null),
        DailyLimit.DayOf(DateTimeOffset.Parse(now, null), ValidityPolicy.Default.UtcOffset));

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, RejectionKind.TooOften)]
    public void The_last_of_the_day_is_still_allowed(long used, RejectionKind? refused) =>
        Assert.Equal(refused, DailyLimit.Refuse(used, 5)?.Kind);
}

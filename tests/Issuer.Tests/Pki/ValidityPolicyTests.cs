using System.Globalization;
using Issuer.Core.Pki;

namespace Issuer.Tests.Pki;

public class ValidityPolicyTests
{
    [Theory]
    [InlineData("2026-03-15T10:20:30+07:00", "2027-03-16T00:00:00+07:00")]
    [InlineData("2024-02-29T12:00:00+07:00", "2025-03-01T00:00:00+07:00")] // 29 February: the 28th's end
    [InlineData("2023-02-28T12:00:00+07:00", "2024-02-29T00:00:00+07:00")] // not the leap year's 29th
    [InlineData("2026-01-31T12:00:00+07:00", "2027-02-01T00:00:00+07:00")]
    [InlineData("2026-12-31T23:59:59+07:00", "2028-01-01T00:00:00+07:00")] // year end, one second before midnight
    [InlineData("2027-01-01T00:00:00+07:00", "2028-01-02T00:00:00+07:00")]
    [InlineData("2026-06-30T16:59:59Z", "2027-06-30T17:00:00Z")] // still 30 June in Hà Nội
    [InlineData("2026-06-30T17:00:00Z", "2027-07-01T17:00:00Z")] // already 1 July
    public void Twelve_months_end_with_the_corresponding_day_in_Vietnam(string issued, string expiry) =>
        Assert.Equal(At(expiry), ValidityPolicy.Default.ExpiryOf(At(issued)));

    [Theory]
    [InlineData(1, "2026-01-31T12:00:00+07:00", "2026-03-01T00:00:00+07:00")]
    [InlineData(6, "2026-08-31T12:00:00+07:00", "2027-03-01T00:00:00+07:00")]
    [InlineData(24, "2024-02-29T12:00:00+07:00", "2026-03-01T00:00:00+07:00")]
    [InlineData(48, "2024-02-29T12:00:00+07:00", "2028-03-01T00:00:00+07:00")]
    public void Any_number_of_months_ends_at_the_latest_with_the_last_month(int months, string issued, string expiry) =>
        Assert.Equal(At(expiry), new ValidityPolicy { Months = months }.ExpiryOf(At(issued)));

    [Theory]
    [InlineData("2026-03-15T10:20:30.9+07:00", "2027-03-15T10:20:30+07:00")]
    [InlineData("2024-02-29T23:00:00+07:00", "2025-02-28T23:00:00+07:00")]
    [InlineData("2024-02-28T17:00:00Z", "2025-02-27T17:00:00Z")] // 29 February, 00:00 in Hà Nội
    public void The_exact_rule_keeps_the_time_of_day(string issued, string expiry) =>
        Assert.Equal(At(expiry), new ValidityPolicy { EndOfDay = false }.ExpiryOf(At(issued)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_expiry_is_in_UTC_and_whole_seconds(bool endOfDay)
    {
        var expiry = new ValidityPolicy { EndOfDay = endOfDay }.ExpiryOf(At("2026-03-15T10:20:30.1234567+07:00"));
        Assert.Equal(TimeSpan.Zero, expiry.Offset);
        Assert.Equal(0, expiry.Ticks % TimeSpan.TicksPerSecond);
    }

    [Fact]
    public void No_months_are_no_policy() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ValidityPolicy { Months = 0 });

    [Fact]
    public void Without_a_window_or_a_spread_nothing_would_be_regenerated()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ValidityPolicy { RegenerationWindow = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ValidityPolicy { RegenerationSpread = TimeSpan.Zero });
    }

    [Fact]
    public void Regeneration_is_never_spread_over_more_than_its_window()
    {
        var policy = new ValidityPolicy { RegenerationWindow = TimeSpan.FromDays(20) };

        Assert.Equal(TimeSpan.FromDays(20), policy.RegenerationSpread);
        Assert.Equal(TimeSpan.FromDays(50), ValidityPolicy.Default.RegenerationSpread);
    }

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

namespace Issuer.Core;

/// <summary>How often one person may do something on one day. The day is Vietnam's, as people count it.</summary>
public static class DailyLimit
{
    /// <param name="utcOffset">Vietnam's.</param>
    public static DateOnly DayOf(DateTimeOffset now, TimeSpan utcOffset) =>
        DateOnly.FromDateTime(now.ToOffset(utcOffset).Date);

    /// <param name="used">That day, this time among them.</param>
    public static Rejection? Refuse(long used, long cap) => used <= cap
        ? null
        : new Rejection(RejectionKind.TooOften, "the limit for today is reached: go on tomorrow");
}

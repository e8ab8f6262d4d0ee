namespace Issuer.Core.Pki;

/// <summary>
/// The ministry's rule "12 tháng kể từ ngày cấp": how long a certificate can be used, technically. A term in months
/// ends at the end of the corresponding day, local time (Civil Code 2015, Art. 147–148).
/// </summary>
public sealed record ValidityPolicy
{
    /// <summary>Twelve months, to the end of the day in Asia/Ho_Chi_Minh.</summary>
    public static ValidityPolicy Default { get; } = new();

    /// <summary>Calendar months; a day the last month does not have becomes that month's last.</summary>
    public int Months
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    } = 12;

    /// <summary>Whose midnight counts. Vietnam has no daylight saving time: an offset says it all.</summary>
    public TimeSpan UtcOffset { get; init; } = TimeSpan.FromHours(7);

    /// <summary>False ends a certificate at the very second it was issued (<c>exact</c>).</summary>
    public bool EndOfDay { get; init; } = true;

    /// <summary>How long before exp the successor may come; ten days of it are left for outages.</summary>
    public TimeSpan RegenerationWindow
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value));
    } = TimeSpan.FromDays(60);

    /// <summary>The part of the window, from its beginning, that regeneration is spread over.</summary>
    public TimeSpan RegenerationSpread
    {
        get => field < RegenerationWindow ? field : RegenerationWindow;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value));
    } = TimeSpan.FromDays(50);

    /// <summary>
    /// The first moment at which a certificate issued at <paramref name="issuedAt"/> is no longer valid: UTC, in whole
    /// seconds.
    /// </summary>
    public DateTimeOffset ExpiryOf(DateTimeOffset issuedAt)
    {
        var last = issuedAt.ToOffset(UtcOffset).AddMonths(Months);
        return EndOfDay
            ? new DateTimeOffset(last.Date.AddDays(1), UtcOffset).ToUniversalTime()
            : DateTimeOffset.FromUnixTimeSeconds(last.ToUnixTimeSeconds());
    }
}

using System.Globalization;

namespace Issuer.Verification;

/// <summary>Moments as people and other programs write them (RFC 3339).</summary>
public static class Instants
{
    /// <summary>Far beyond every certificate; a typing mistake must not carry a store's clock away.</summary>
    static readonly DateTimeOffset Last = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>With an offset; a local time would mean another moment on another machine.</summary>
    public static DateTimeOffset? Parse(string text, Action<string> fault) => Parse(text, needsOffset: true, fault);

    /// <summary>The same, and without an offset UTC, as much test data has it.</summary>
    public static DateTimeOffset? ParseOrUtc(string text, Action<string> fault) =>
        Parse(text, needsOffset: false, fault);

    static DateTimeOffset? Parse(string text, bool needsOffset, Action<string> fault)
    {
        var upper = text.Trim().ToUpperInvariant();
        var time = upper.IndexOf('T', StringComparison.Ordinal);
        var hasOffset = upper.EndsWith('Z') || upper.LastIndexOfAny(['+', '-']) > time;
        if (time == "yyyy-MM-dd".Length && (hasOffset || !needsOffset)
            && DateTimeOffset.TryParse(
                upper, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && instant < Last)
        {
            return instant;
        }
        fault($"'{text}' is not an instant such as 2027-01-31T08:00:00+07:00");
        return null;
    }
}

using System.Globalization;

namespace Issuer.Server.Verbs;

/// <summary>Moments as people type them.</summary>
static class Instants
{
    /// <summary>RFC 3339 with an offset; a local time would mean another moment on another machine.</summary>
    public static DateTimeOffset? Parse(string text, Action<string> fault)
    {
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];
        if ((text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            && DateTimeOffset.TryParseExact(
                text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant;
        }
        fault($"'{text}' is not an instant such as 2027-01-31T08:00:00+07:00");
        return null;
    }
}

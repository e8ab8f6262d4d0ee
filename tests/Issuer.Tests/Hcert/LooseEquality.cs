using System.Globalization;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

/// <summary>
/// When JSON and CBOR say the same: maps in any order, tags aside, 1 and 1.0, and dates by the moment they name.
/// </summary>
static class LooseEquality
{
    public static bool Same(CborItem? a, CborItem? b) => (a?.Untagged, b?.Untagged) switch
    {
        (CborItem.Map x, CborItem.Map y) => x.Pairs.Length == y.Pairs.Length && x.Pairs.All(pair =>
            y.Pairs.Any(other => Same(pair.Key, other.Key) && Same(pair.Value, other.Value))),
        (CborItem.List x, CborItem.List y) => x.Items.Length == y.Items.Length
            && x.Items.Zip(y.Items).All(pair => Same(pair.First, pair.Second)),
        (CborItem.Text x, CborItem.Text y) => x.Value == y.Value || (Instant(x) is { } at && at == Instant(y)),
        (CborItem.Whole x, CborItem.Real y) => x.Value == y.Value,
        (CborItem.Real x, CborItem.Whole y) => x.Value == y.Value,
        var (x, y) => x == y,
    };

    static DateTimeOffset? Instant(CborItem.Text text) =>
        text.Value.Length >= 10 && char.IsAsciiDigit(text.Value[0]) && DateTimeOffset.TryParse(
            text.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerSecond))
            : null;
}

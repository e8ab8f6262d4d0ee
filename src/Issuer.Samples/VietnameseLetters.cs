using System.Globalization;
using Issuer.Hcert;

namespace Issuer.Samples;

/// <summary>What typists and keyboards do to Vietnamese names.</summary>
static class VietnameseLetters
{
    static readonly (string Old, string New)[] TonePlacements =
    [
        ("òa", "oà"), ("ỏa", "oả"), ("õa", "oã"), ("óa", "oá"), ("ọa", "oạ"),
        ("òe", "oè"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("óe", "oé"), ("ọe", "oẹ"),
        ("ùy", "uỳ"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("úy", "uý"), ("ụy", "uỵ"),
    ];

    /// <summary>As typed on a keyboard without Vietnamese.</summary>
    public static string StripMarks(string text) => PlainD(string.Concat(CanonicalText.ToNfd(text)
        .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)));

    public static string PlainD(string text) => text.Replace('đ', 'd').Replace('Đ', 'D');

    /// <summary>From the old tone placement to the new: hòa to hoà, khỏe to khoẻ, thúy to thuý (never quý).</summary>
    public static string NewTonePlacement(string text) => string.Join(' ', text.Split(' ').Select(word =>
        TonePlacements.Where(pair => word.EndsWith(pair.Old, StringComparison.Ordinal))
            .Select(pair => word[..^2] + pair.New).FirstOrDefault(word)));
}

using System.Globalization;
using System.Text.RegularExpressions;
using Issuer.Hcert;

namespace Issuer.Core.Records;

/// <summary>
/// What stands under "mũi": a number, "Mũi 2", "1/2", "Mũi nhắc lại", "Nhắc lại lần 1". The number behind a word for a
/// booster counts boosters, not doses.
/// </summary>
/// <param name="IsRead">False: it is none of these.</param>
readonly partial record struct DoseWords(string? Number, DoseKind? Kind, bool IsRead)
{
    /// <param name="typed">In NFC and trimmed.</param>
    public static DoseWords Of(string typed)
    {
        var text = typed.ToLowerInvariant();
        if (PaperForm().Match(text) is { Success: true } paper)
        {
            var number = paper.Groups["n"].Value;
            var series = paper.Groups["of"];
            return new DoseWords(number, null, !series.Success || IsWithin(number, series.Value));
        }
        if (KindForm().Match(Unmarked(text)) is not { Success: true } match)
        {
            return new DoseWords(null, null, false);
        }
        var kind = match.Groups["booster"].Success ? DoseKind.Booster
            : match.Groups["additional"].Success ? DoseKind.Additional
            : DoseKind.Primary;
        var own = match.Groups["own"];
        var count = kind == DoseKind.Primary ? NullIfEmpty(match.Groups["count"].Value) : null;
        return new DoseWords(own.Success ? own.Value : count, kind, true);
    }

    static bool IsWithin(string number, string series) =>
        int.Parse(number, CultureInfo.InvariantCulture) <= int.Parse(series, CultureInfo.InvariantCulture);

    static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    static string Unmarked(string text) => string.Concat(
        CanonicalText.ToNfd(text).Where(c => c is < '\u0300' or > '\u036F')).Replace('đ', 'd');

    [GeneratedRegex(
        @"^(?:(?:mũi|mui|liều|lieu|lần|lan|dose)\s*)?(?:(?:thứ|thu|số|so|tiêm|tiem)\s*)?[:#]?\s*"
        + @"0*(?<n>\d{1,2})(?:\.0)?(?:\s*/\s*(?<of>\d))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex PaperForm();

    /// <summary>"Mũi 3 (nhắc lại)", "Nhắc lại lần 1", "Mũi bổ sung", "Mũi cơ bản 2".</summary>
    [GeneratedRegex(
        @"^(?:(?:mui|lieu|dose)\s*)?(?<own>\d)?[\s\-(:,]*(?:tiem\s*)?"
        + @"(?:(?<booster>nhac(?:\s*lai)?|tang cuong|booster|nl)|(?<additional>bo sung|additional|bs)|"
        + @"(?<primary>co ban|primary|cb))"
        + @"[\s\-(:,]*(?:(?:lan|mui|thu|so)\s*)*(?<count>\d)?\s*\)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex KindForm();
}

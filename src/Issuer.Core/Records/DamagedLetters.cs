using System.Text.RegularExpressions;

namespace Issuer.Core.Records;

/// <summary>How the letters of a text were lost or changed on their way here.</summary>
public enum LetterDamage
{
    /// <summary>A question mark or U+FFFD stands for a letter that is gone: <c>Nguy?n</c>.</summary>
    Lost,

    /// <summary>UTF-8 that something read as another encoding: <c>Nguyá»…n</c>.</summary>
    Misread,

    /// <summary>Typed in a font of its own, TCVN3 or VNI: <c>NguyÔn</c>, <c>Nguyeãn</c>.</summary>
    OldFont,
}

/// <summary>
/// Tells names whose letters are damaged. Nobody may be certified under one: a border officer compares it with the
/// passport.
/// </summary>
public static partial class DamagedLetters
{
    /// <summary>What windows-1252 has at 0x80 to 0x9F; a space where it has nothing.</summary>
    const string From80 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    /// <param name="isVietnamese">The name of a Vietnamese: then letters that no Vietnamese has count as well.</param>
    public static LetterDamage? Of(string text, bool isVietnamese)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains('?', StringComparison.Ordinal))
        {
            return null;
        }
        return IsLost().IsMatch(text) ? LetterDamage.Lost
            : IsMisread(text) ? LetterDamage.Misread
            : IsTcvn3().IsMatch(text) || (isVietnamese && IsVni().IsMatch(text)) ? LetterDamage.OldFont
            : null;
    }

    /// <summary>
    /// Characters that are, as bytes of windows-1252 or Latin-1, a letter in UTF-8: of those that French, Portuguese
    /// and Vietnamese write, so that É before a dash stays what it is.
    /// </summary>
    static bool IsMisread(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            var (lead, next) = (text[i], ByteOf(text[i + 1]));
            var third = i + 2 < text.Length ? ByteOf(text[i + 2]) : -1;
            if ((lead is 'Ã' or 'Ä' or 'Å' or 'Æ' or 'Ì' && next is >= 0x80 and <= 0xBF && IsLetterOf(lead, next))
                || (lead == 'á' && next is >= 0xB8 and <= 0xBB && third is >= 0x80 and <= 0xBF)
                // A non-breaking space in between has become an ordinary one, or nothing.
                || (lead == 'á' && text[i + 1] is 'º' or '»'))
            {
                return true;
            }
        }
        return false;
    }

    static bool IsLetterOf(char lead, int next) => lead switch
    {
        'Ã' => true,
        'Ä' => next is 0x82 or 0x83 or 0x90 or 0x91 or 0xA8 or 0xA9,
        'Å' => next is 0xA8 or 0xA9,
        'Æ' => next is 0xA0 or 0xA1 or 0xAF or 0xB0,
        _ => next is 0x80 or 0x81 or 0x83 or 0x89 or 0x9B,
    };

    static int ByteOf(char c) => c is >= '\u0080' and <= '\u00BF' ? c
        : From80.IndexOf(c, StringComparison.Ordinal) is >= 0 and var index && c != ' ' ? 0x80 + index
        : -1;

    [GeneratedRegex(@"\uFFFD|\p{L}\?|\?\p{L}", RegexOptions.CultureInvariant)]
    private static partial Regex IsLost();

    /// <summary>
    /// Signs among letters (ª and º stand in Spanish names), and a large letter with a mark between small ones.
    /// </summary>
    [GeneratedRegex(
        @"\p{L}[¡-©«-³µ¶¸¹»-¿×÷]|[¡-©«-³µ¶¸¹»-¿×÷]\p{L}|\p{Ll}[À-ÖØ-Þ](?:\p{Ll}|[\s\-]|$)|\bLª\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex IsTcvn3();

    /// <summary>
    /// A vowel and behind it the letter that is VNI's mark for it, where no Vietnamese word has the two; and accents
    /// of windows-1258 that were read as letters.
    /// </summary>
    [GeneratedRegex(
        @"[aeouyôAEOUYÔ][øûïåØÛÏÅ]|[aeAE][äëüÄËÜ]|[aA][àáâãêéèÀÁÂÃÊÉÈ]|[eE][àáâãÀÁÂÃ]|[oO][âäÂÄ]"
        + "|[ôÔ][ùõÙÕ]|[öÖ]|[êâô][ìò]",
        RegexOptions.CultureInvariant)]
    private static partial Regex IsVni();
}

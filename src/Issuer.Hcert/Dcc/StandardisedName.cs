using System.Globalization;
using System.Text;

namespace Issuer.Hcert;

/// <summary>
/// The standardised name of <c>fnt</c> and <c>gnt</c>: A–Z and <c>&lt;</c> only, at most 80 (eu-dcc-schema
/// person_name; ICAO Doc 9303 part 3 section 6, where its table stops the base letter). When a passport's own
/// machine readable spelling is known, that wins and this is not asked.
/// NFC and NFD of a name give the same result, which is why marks are looked at after decomposition.
/// </summary>
public static class StandardisedName
{
    /// <summary>Longest standardised name in characters (eu-dcc-schema, maxLength).</summary>
    public const int MaxLength = 80;

    const int Diaeresis = 0x0308;
    const int Ring = 0x030A;

    /// <summary>
    /// Standardises one name field. Never empty for a name with a letter: a letter without a Latin reading becomes X.
    /// </summary>
    public static string Of(string name)
    {
        var result = new StringBuilder(name.Length + 8);
        foreach (var rune in CanonicalText.ToNfd(name).EnumerateRunes())
        {
            if (rune.Value is Diaeresis or Ring)
            {
                result.Append(Doubling(result, rune.Value));
            }
            else if (Rune.IsLetter(rune) && !IsApostrophe(rune))
            {
                result.Append(Letters(Rune.ToUpperInvariant(rune)));
            }
            else if (!IsDropped(rune) && result.Length > 0 && result[^1] != '<')
            {
                result.Append('<');
            }
        }
        return result.ToString(0, Math.Min(result.Length, MaxLength)).TrimEnd('<');
    }

    // Ä Ö Ü become AE OE UE and Å AA (Doc 9303); on any other letter the mark is dropped like the rest.
    static string Doubling(StringBuilder result, int mark) => (result.Length > 0 ? result[^1] : ' ', mark) switch
    {
        ('A' or 'O' or 'U', Diaeresis) => "E",
        ('A', Ring) => "A",
        _ => "",
    };

    // Ø is O as in the schema's own example (d'Arsøns, DARSONS), although Doc 9303 has OE.
    static string Letters(Rune upper) => upper.Value switch
    {
        >= 'A' and <= 'Z' => ((char)upper.Value).ToString(),
        'Đ' or 'Ð' or 'Ɖ' => "D",
        'Ø' => "O",
        'Æ' => "AE",
        'Œ' => "OE",
        'ß' or 'ẞ' => "SS",
        'Þ' => "TH",
        'Ł' => "L",
        'Ħ' => "H",
        'Ŧ' => "T",
        'Ŋ' => "N",
        'Ĳ' => "IJ",
        'ı' => "I",
        'ĸ' => "K",
        'ſ' => "S",
        'Ə' => "E",
        _ => "X",
    };

    static bool IsDropped(Rune rune) => IsApostrophe(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    // Typewriter and typographic apostrophes, and the letter-like ones people type for them.
    static bool IsApostrophe(Rune rune) =>
        rune.Value is '\'' or '`' or '´' or '‘' or '’' or '‛' or '′' or 'ʹ' or 'ʻ' or 'ʼ' or 'ʽ' or 'ʾ' or 'ʿ' or 'ˈ';
}

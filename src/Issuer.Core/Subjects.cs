using System.Globalization;
using Issuer.Hcert;

namespace Issuer.Core;

/// <summary>Names that tokens give to people.</summary>
public static class Subjects
{
    /// <summary>
    /// Whether two subjects are one person, however a token spells them: two people whose subjects differ in capitals,
    /// width or blanks alone count as one, which refuses too much rather than too little.
    /// </summary>
    public static bool AreOne(string one, string other) => Folded(one) == Folded(other);

    /// <summary>The same for all spellings of one person: what is counted for a person is counted under it.</summary>
    public static string Folded(string subject) =>
        string.Concat(CanonicalText.ToNfc(subject).Where(IsSeen).Select(Narrow)).ToUpperInvariant();

    /// <summary>The full-width forms of ASCII stand in its order.</summary>
    static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - '\uFF01' + '!') : c;

    static bool IsSeen(char c) => !char.IsWhiteSpace(c) && !char.IsControl(c)
        && char.GetUnicodeCategory(c) != UnicodeCategory.Format;
}

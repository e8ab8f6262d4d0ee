using System.Buffers;
using Issuer.Hcert;

namespace Issuer.Core.Identity;

/// <summary>hòa or hoà, thúy or thuý: old and new orthography put the tone on another vowel.</summary>
static class TonePlacement
{
    static readonly string[] MovablePairs = ["oa", "oe", "uy"];
    static readonly SearchValues<char> Tones = SearchValues.Create("\u0300\u0301\u0303\u0309\u0323");

    /// <summary>The word in the other orthography; itself when there is only one way to write it.</summary>
    public static string Other(string word) =>
        MoveTone(word, toSecondVowel: true) is var moved && moved != word
            ? moved
            : MoveTone(word, toSecondVowel: false);

    static string MoveTone(string word, bool toSecondVowel)
    {
        var letters = CanonicalText.ToNfd(word);
        var tone = letters.AsSpan().IndexOfAny(Tones);
        if (tone < 0)
        {
            return word;
        }
        var plain = letters.Remove(tone, 1);
        // Only open syllables moved (hòa, not hoàng), and after q the u is no vowel (quý).
        var pair = plain.Length - 2;
        if (pair < 0 || !MovablePairs.Contains(plain[pair..].ToLowerInvariant())
            || (pair > 0 && char.ToLowerInvariant(plain[pair - 1]) == 'q'))
        {
            return word;
        }
        return CanonicalText.ToNfc(
            plain.Insert(toSecondVowel ? plain.Length : plain.Length - 1, letters[tone].ToString()));
    }
}

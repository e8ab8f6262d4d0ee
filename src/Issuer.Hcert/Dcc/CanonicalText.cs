using System.Globalization;
using System.Text;

namespace Issuer.Hcert;

/// <summary>
/// Unicode canonical decomposition and composition (UAX #15, NFD and NFC) for letters whose marks are in
/// U+0300–U+036F: Latin, Greek and Cyrillic, all Vietnamese letters among them. Other scripts pass unchanged.
/// It exists because <c>string.Normalize</c> silently does nothing under InvariantGlobalization.
/// </summary>
public static class CanonicalText
{
    const char FirstMark = '\u0300';
    const char LastMark = '\u036F';

    // Canonical combining classes of U+0300–U+036F (UnicodeData.txt field 3) where they are not 230, "above".
    static readonly (string Marks, byte Class)[] ClassExceptions =
    [
        ("\u0334\u0335\u0336\u0337\u0338", 1),
        ("\u0321\u0322\u0327\u0328", 202),
        ("\u031B", 216),
        ("\u0316\u0317\u0318\u0319\u031C\u031D\u031E\u031F\u0320\u0323\u0324\u0325\u0326\u0329\u032A\u032B\u032C\u032D"
            + "\u032E\u032F\u0330\u0331\u0332\u0333\u0339\u033A\u033B\u033C\u0347\u0348\u0349\u034D\u034E\u0353\u0354"
            + "\u0355\u0356\u0359\u035A", 220),
        ("\u0315\u031A\u0358", 232),
        ("\u035C\u035F\u0362", 233),
        ("\u035D\u035E\u0360\u0361", 234),
        ("\u0345", 240),
        ("\u034F", 0),
    ];

    static readonly byte[] Classes = ReadClasses();
    static readonly Dictionary<char, (char Base, char Mark)> Decompositions = ReadDecompositions();
    static readonly Dictionary<(char Base, char Mark), char> Compositions =
        Decompositions.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The composed form (NFC): what a payload carries (eu-dcc hcert_spec.md 3.3.7).</summary>
    public static string ToNfc(string text) =>
        text.AsSpan().ContainsAnyInRange(FirstMark, LastMark) ? Compose(ToNfd(text)) : text;

    /// <summary>True when <see cref="ToNfc"/> would change nothing.</summary>
    public static bool IsNfc(string text) => ToNfc(text) == text;

    /// <summary>The decomposed form (NFD): letters followed by their marks in canonical order.</summary>
    public static string ToNfd(string text)
    {
        var result = new List<char>(text.Length * 2);
        foreach (var character in text)
        {
            Decompose(character, result);
        }
        // Marks after one letter stand in order of their class; equal classes keep their order.
        for (var i = 1; i < result.Count; i++)
        {
            for (var j = i; j > 0 && ClassOf(result[j]) is > 0 and var rank && ClassOf(result[j - 1]) > rank; j--)
            {
                (result[j - 1], result[j]) = (result[j], result[j - 1]);
            }
        }
        return string.Concat(result);
    }

    static string Compose(string decomposed)
    {
        var result = new StringBuilder(decomposed.Length);
        var (starter, lastClass) = (-1, 0);
        foreach (var character in decomposed)
        {
            var rank = ClassOf(character);
            var blocked = lastClass != 0 && lastClass >= rank;
            if (starter >= 0 && !blocked && Compositions.TryGetValue((result[starter], character), out var composed))
            {
                result[starter] = composed;
                continue;
            }
            if (rank == 0)
            {
                starter = result.Length;
            }
            lastClass = rank;
            result.Append(character);
        }
        return result.ToString();
    }

    static void Decompose(char character, List<char> result)
    {
        if (Decompositions.TryGetValue(character, out var parts))
        {
            Decompose(parts.Base, result);
            result.Add(parts.Mark);
            return;
        }
        result.Add(character);
    }

    static int ClassOf(char character) =>
        character is >= FirstMark and <= LastMark ? Classes[character - FirstMark] : 0;

    static byte[] ReadClasses()
    {
        var classes = new byte[LastMark - FirstMark + 1];
        Array.Fill(classes, (byte)230);
        foreach (var (marks, rank) in ClassExceptions)
        {
            foreach (var mark in marks)
            {
                classes[mark - FirstMark] = rank;
            }
        }
        return classes;
    }

    static Dictionary<char, (char Base, char Mark)> ReadDecompositions()
    {
        var table = new Dictionary<char, (char Base, char Mark)>();
        foreach (var line in EmbeddedData.ReadLines("canonical-composites.txt").Where(line => !line.StartsWith('#')))
        {
            table.Add(Code(line, 0), (Code(line, 5), Code(line, 10)));
        }
        return table;
    }

    static char Code(string line, int start) =>
        (char)ushort.Parse(line.AsSpan(start, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

using System.Collections.Frozen;
using Issuer.Hcert;

namespace Issuer.Core.Records;

/// <summary>
/// Countries as people write them: ISO 3166-1 alpha-3 and alpha-2, names in Vietnamese and English, and the codes that
/// only passports carry (ICAO Doc 9303 part 3, section 5). A code that no passport has would open the way round the
/// registry.
/// </summary>
static class Nationalities
{
    const string OnlyInPassports = "GBD GBN GBO GBP GBS RKS EUE UNA UNK UNO XOM XXA XXB XXC XXX";

    static readonly string[] Prefixes = ["quốc tịch ", "người ", "nước ", "quoc tich ", "nguoi ", "nuoc "];

    static readonly IReadOnlyList<(string Alpha3, string Alpha2, string[] Names)> Countries = Read();

    static readonly FrozenSet<string> Codes =
        Countries.Select(country => country.Alpha3).Concat(OnlyInPassports.Split(' ')).ToFrozenSet();

    static readonly FrozenDictionary<string, string> ByAlpha2 =
        Countries.ToFrozenDictionary(country => country.Alpha2, country => country.Alpha3);

    static readonly FrozenDictionary<string, string> ByName = By(name => name.ToLowerInvariant());

    static readonly FrozenDictionary<string, string> ByFoldedName = By(Fold);

    /// <summary>
    /// The alpha-3 code of what was typed; null when it names no country or may name two: "NGA" is Nigeria's code,
    /// "Nga" is Russia, and nobody knows what "nga" is.
    /// </summary>
    public static string? Find(string typed)
    {
        var text = Bare(typed);
        var upper = text.ToUpperInvariant();
        var code = Codes.Contains(upper) ? upper : ByAlpha2.GetValueOrDefault(upper);
        if (code is not null && text == upper)
        {
            return code;
        }
        var named = ByName.GetValueOrDefault(text.ToLowerInvariant());
        if (named is not null && text.Any(char.IsUpper))
        {
            return named;
        }
        var folded = named ?? ByFoldedName.GetValueOrDefault(Fold(text));
        return code is null || folded is null || folded == code ? code ?? folded : null;
    }

    /// <summary>"Quốc tịch Pháp (France)" is "Pháp".</summary>
    static string Bare(string typed)
    {
        var text = typed.Split('(')[0].Trim();
        text = text.Length == 0 ? typed.Trim('(', ')', ' ') : text;
        var prefix = Prefixes.FirstOrDefault(word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        return prefix is null ? text : text[prefix.Length..].Trim();
    }

    static string Fold(string name) =>
        name.Any(char.IsLetter) ? StandardisedName.Of(name).Replace("<", "", StringComparison.Ordinal) : "";

    static FrozenDictionary<string, string> By(Func<string, string> key) => Countries
        .SelectMany(country => country.Names.Select(name => (Key: key(name), country.Alpha3)))
        .GroupBy(pair => pair.Key, pair => pair.Alpha3)
        .Where(group => group.Key.Length > 0 && group.Distinct().Count() == 1)
        .ToFrozenDictionary(group => group.Key, group => group.First());

    static List<(string Alpha3, string Alpha2, string[] Names)> Read()
    {
        using var stream = typeof(Nationalities).Assembly.GetManifestResourceStream("nationalities.tsv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'))
            .Select(cells => (cells[0], cells[1], cells[2].Split('|')))];
    }
}

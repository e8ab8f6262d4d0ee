using Issuer.Hcert;

namespace Issuer.Core.Records;

/// <summary>A product the ministry licensed, with the codes it is certified under.</summary>
/// <param name="Code">EU medicinal product code (<c>mp</c>).</param>
/// <param name="Names">Trade names a clerk may type instead.</param>
/// <param name="Holder">EU code of the authorisation holder (<c>ma</c>).</param>
/// <param name="Prophylaxis">SNOMED code (<c>vp</c>).</param>
/// <param name="PrimaryDoses">Doses of a complete primary course.</param>
public sealed record LicensedProduct(
    string Code, IReadOnlyList<string> Names, string Holder, string Prophylaxis, int PrimaryDoses,
    DateOnly LicensedFrom);

/// <summary>What may have been given at all, as of a day.</summary>
public sealed class LicensedProducts(IReadOnlyList<LicensedProduct> all)
{
    /// <summary>A name has no more words than this.</summary>
    const int MostWords = 4;

    readonly Dictionary<string, LicensedProduct> byName = all
        .SelectMany(p => p.Names.Append(p.Code).Select(name => (name, p)))
        .ToDictionary(pair => pair.name, pair => pair.p, StringComparer.OrdinalIgnoreCase);

    /// <summary>What two products are called is nobody's name.</summary>
    readonly Dictionary<string, LicensedProduct> bySpelling = all
        .SelectMany(p => ProductWords.SpellingsOf(p).Select(spelling => (spelling, p)))
        .GroupBy(pair => pair.spelling, pair => pair.p)
        .Where(group => group.Key.Length > 0 && group.Distinct().Count() == 1)
        .ToDictionary(group => group.Key, group => group.First());

    public IReadOnlyList<LicensedProduct> All => all;

    /// <summary>
    /// By EU code or trade name, whatever its letter case; else by words that all belong to one product: "Vắc xin
    /// Comirnaty (Pfizer/BioNTech)", "Pfizer trẻ em". Null when not licensed, or when it may be two; a code of the EU's
    /// value set means itself, whatever words it is made of.
    /// </summary>
    public LicensedProduct? Find(string codeOrName) =>
        byName.GetValueOrDefault(codeOrName)
        ?? (ValueSets.FindProduct(codeOrName) is null ? FindByWords(ProductWords.Of(codeOrName)) : null);

    LicensedProduct? FindByWords(IReadOnlyList<string> words)
    {
        LicensedProduct? found = null;
        for (var i = 0; i < words.Count;)
        {
            var (product, length) = LongestAt(words, i);
            if (product is null ? !ProductWords.IsFilling(words[i]) : found is not null && found != product)
            {
                return null;
            }
            found ??= product;
            i += length;
        }
        return found;
    }

    (LicensedProduct? Product, int Length) LongestAt(IReadOnlyList<string> words, int start)
    {
        for (var length = Math.Min(MostWords, words.Count - start); length > 0; length--)
        {
            if (bySpelling.TryGetValue(string.Concat(words.Skip(start).Take(length)), out var product))
            {
                return (product, length);
            }
        }
        return (null, 1);
    }
}

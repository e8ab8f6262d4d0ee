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
    readonly Dictionary<string, LicensedProduct> byName = all
        .SelectMany(p => p.Names.Append(p.Code).Select(name => (name, p)))
        .ToDictionary(pair => pair.name, pair => pair.p, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<LicensedProduct> All => all;

    /// <summary>By EU code or trade name, whatever its letter case; null when not licensed.</summary>
    public LicensedProduct? Find(string codeOrName) => byName.GetValueOrDefault(codeOrName);
}

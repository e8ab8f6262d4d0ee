namespace Issuer.Core.Certificates;

/// <summary>Whose signature a course needs (design.md step 4).</summary>
public enum AttestationPolicy
{
    /// <summary>The facility of the last dose signs for the series: the ministry's rule.</summary>
    LastDose,

    EveryDose,
}

/// <summary>A product the ministry licensed, with the codes it is certified under.</summary>
/// <param name="Code">EU medicinal product code (<c>mp</c>).</param>
/// <param name="Names">Trade names a clerk may type instead.</param>
/// <param name="Holder">EU code of the authorisation holder (<c>ma</c>).</param>
/// <param name="Prophylaxis">SNOMED code (<c>vp</c>).</param>
/// <param name="PrimaryDoses">Doses of a complete primary course.</param>
public sealed record LicensedProduct(
    string Code, IReadOnlyList<string> Names, string Holder, string Prophylaxis, int PrimaryDoses,
    DateOnly LicensedFrom);

/// <summary>What may be certified, and how it is coded: data of the ministry, in force from a day on.</summary>
/// <param name="Issuer">The <c>is</c> of every certificate.</param>
/// <param name="RequireCompleteCourse">Whether 1/2 gets no certificate.</param>
public sealed record CertificationPolicy(
    DateOnly ValidFrom, string Country, string Issuer, string Disease, AttestationPolicy Attestation,
    bool RequireCompleteCourse, IReadOnlyList<LicensedProduct> Products)
{
    readonly Dictionary<string, LicensedProduct> byName = Products
        .SelectMany(p => p.Names.Append(p.Code).Select(name => (name, p)))
        .ToDictionary(pair => pair.name, pair => pair.p, StringComparer.OrdinalIgnoreCase);

    /// <summary>By EU code or trade name, whatever its letter case; null when not licensed.</summary>
    public LicensedProduct? FindProduct(string codeOrName) => byName.GetValueOrDefault(codeOrName);
}

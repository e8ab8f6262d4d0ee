using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>Whose signature a course needs (design.md step 4).</summary>
public enum AttestationPolicy
{
    /// <summary>The facility of the last dose signs for the series: the ministry's rule.</summary>
    LastDose,

    EveryDose,
}

/// <summary>What may be certified, and how it is coded: data of the ministry, in force from a day on.</summary>
/// <param name="Issuer">The <c>is</c> of every certificate.</param>
/// <param name="RequireCompleteCourse">Whether 1/2 gets no certificate.</param>
public sealed record CertificationPolicy(
    DateOnly ValidFrom, string Country, string Issuer, string Disease, AttestationPolicy Attestation,
    bool RequireCompleteCourse, IReadOnlyList<LicensedProduct> Products)
{
    /// <summary>Which of the doses are believed: a policy of its own, in force with this one.</summary>
    public PlausibilityPolicy Plausibility { get; init; } = PlausibilityPolicy.None;

    /// <summary>The same, found by name.</summary>
    public LicensedProducts Licensed { get; } = new(Products);

    /// <inheritdoc cref="LicensedProducts.Find"/>
    public LicensedProduct? FindProduct(string codeOrName) => Licensed.Find(codeOrName);
}

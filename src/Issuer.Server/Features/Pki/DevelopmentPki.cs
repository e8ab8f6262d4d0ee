using Issuer.Core.Pki;
using Issuer.Storage.Pki;

namespace Issuer.Server.Features.Pki;

/// <summary>What a development store signs with, all of it in its key files.</summary>
/// <param name="Cscas">Every CSCA, for the trust list.</param>
/// <param name="NewDscs">The ministry's DSCs that the store has no row of yet.</param>
/// <param name="Anchor">The trust anchor with its key; the caller disposes it.</param>
sealed record DevelopmentPki(
    IReadOnlyList<Csca> Cscas, IReadOnlyList<OwnDsc> NewDscs, TrustAnchor Anchor)
{
    const string Country = "VN";
    const string Organisation = "Issuer in Development";
    const string CscaPrefix = "csca-";
    const string DscPrefix = "ministry-dsc-";

    /// <summary>
    /// Mints what is missing at the given clock, without a ceremony. Files come first and rows after: a run that was
    /// killed in between leaves a DSC that the next run finds and returns as new.
    /// </summary>
    /// <param name="files">Of a store in Development.</param>
    /// <param name="known">The DSCs that have a row, withdrawn ones too.</param>
    /// <param name="policy">A DSC must outlive what is issued now.</param>
    /// <param name="now">The clock, real or <c>--now</c>.</param>
    public static DevelopmentPki Ensure(
        KeyFiles files, IReadOnlyCollection<OwnDsc> known, ValidityPolicy policy, DateTimeOffset now)
    {
        var cscas = files.CertificateNames(CscaPrefix)
            .ToDictionary(name => name, name => new Csca(files.ReadCertificate(name)));
        var found = files.CertificateNames(DscPrefix)
            .Select(name => new OwnDsc(files.ReadCertificate(name), name))
            .Where(dsc => known.All(row => row.Kid != dsc.Kid))
            .ToList();
        if (ChooseDsc.For([.. known, .. found], owner: null, now, policy.ExpiryOf(now)).Rejection is not null)
        {
            // It signs for a year, then outlives what it signed last.
            found.Add(MintDsc(files, cscas, [.. known, .. found], now, policy.ExpiryOf(now).AddYears(1)));
        }
        return new DevelopmentPki([.. cscas.Values], found, EnsureAnchor(files, now));
    }

    static OwnDsc MintDsc(
        KeyFiles files, Dictionary<string, Csca> cscas, IReadOnlyList<OwnDsc> others, DateTimeOffset now,
        DateTimeOffset notAfter)
    {
        var issuer = EnsureCsca(files, cscas, now, notAfter);
        using var cscaKey = files.ReadKey(issuer);
        using var key = others.Count == 0
            ? DevelopmentKeys.TryRead(DevelopmentKeys.Dsc) ?? SigningKey.Create(KeyKind.P256)
            : SigningKey.Create(KeyKind.P256);
        var request = RequestDsc.For(Named($"Issuer Development DSC {others.Count + 1}"), key);
        var outcome = IssueDsc.From(
            request, cscas[issuer], cscaKey, now, notAfter, others.Select(dsc => dsc.Kid).ToHashSet());
        return outcome.IsRefused(out var why, out var der)
            ? throw new InvalidOperationException(why.Detail)
            : Keep(files, der, key);
    }

    static OwnDsc Keep(KeyFiles files, byte[] der, SigningKey key)
    {
        var name = NameOf(DscPrefix, der);
        files.AddDevelopmentKey(name, key);
        files.AddCertificate(name, der);
        return new OwnDsc(der, name);
    }

    /// <summary>The name of a CSCA that reaches to notAfter; a successor gets a key of its own.</summary>
    static string EnsureCsca(
        KeyFiles files, Dictionary<string, Csca> cscas, DateTimeOffset now, DateTimeOffset notAfter)
    {
        var fitting = cscas.FirstOrDefault(csca => csca.Value.NotBefore <= now && csca.Value.NotAfter >= notAfter).Key;
        if (fitting is not null)
        {
            return fitting;
        }
        using var key = cscas.Count == 0
            ? DevelopmentKeys.TryRead(DevelopmentKeys.Csca) ?? SigningKey.Create(KeyKind.P256)
            : SigningKey.Create(KeyKind.P256);
        var csca = CreateCsca.SelfSigned(Named($"Issuer Development CSCA {cscas.Count + 1}"), key, now);
        var name = NameOf(CscaPrefix, csca.Der.Span);
        files.AddDevelopmentKey(name, key);
        files.AddCertificate(name, csca.Der.Span);
        cscas.Add(name, csca);
        return name;
    }

    static TrustAnchor EnsureAnchor(KeyFiles files, DateTimeOffset now)
    {
        if (!files.CertificateNames(KeyFiles.AnchorName).Contains(KeyFiles.AnchorName))
        {
            using var made = TrustAnchor.SelfSigned(
                Country, Organisation, DevelopmentKeys.Of(files, DevelopmentKeys.Anchor), now);
            files.AddCertificate(KeyFiles.AnchorName, made.Der.Span);
        }
        return files.ReadAnchor(DevelopmentKeys.OfAnchor(files));
    }

    static X509Name Named(string commonName) => new(Country, Organisation, commonName);

    /// <summary>Named by kid, so that two programs minting at once never write the same file.</summary>
    static string NameOf(string prefix, ReadOnlySpan<byte> der) =>
        prefix + Convert.ToHexStringLower(Hcert.Kid.OfDsc(der).ToBytes());
}

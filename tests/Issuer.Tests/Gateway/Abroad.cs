using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Issuer.Core.Gateway;
using Issuer.Hcert;
using Issuer.Verification.Revocation;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.Gateway;

/// <summary>Keys and batches of made-up countries.</summary>
static class Abroad
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <param name="country">Null: the subject names none.</param>
    public static byte[] Der(string? country = "DE", DateTimeOffset? ends = null, bool isCa = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            $"CN=DSC {Guid.NewGuid():N}{(country is null ? "" : $", C={country}")}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isCa, false, 0, true));
        using var certificate = request.CreateSelfSigned(Now.AddYears(-2), ends ?? Now.AddYears(2));
        return certificate.RawData;
    }

    public static GatewayKey Key(
        string country = "DE", DateTimeOffset? ends = null, string kind = TrustListItem.Dsc,
        DateTimeOffset? listed = null)
    {
        var der = Der(country, ends, kind == TrustListItem.Csca);
        return new GatewayKey(kind, country, Kid.OfDsc(der).ToString(), der, listed ?? Now.AddDays(-30));
    }

    public static KnownKey Known(this GatewayKey key, bool hasLeft = false, string source = KeySource.Gateway) =>
        new(key, hasLeft, source);

    public static RevocationHash Hash(int number) =>
        RevocationHash.OfUvci(number.ToString(CultureInfo.InvariantCulture));

    public static ForeignBatch Batch(
        string id, int[] numbers, string country = "DE", Kid? kid = null,
        RevocationHashType type = RevocationHashType.Signature, DateTimeOffset? expires = null) =>
        new(id, country, kid, type, expires ?? Now.AddDays(60), [.. numbers.Select(Hash)]);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Issuer.Verification.X509;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// What a verifier has pinned for a DID trust list, from a source that is trusted: the key of the proof (a certificate,
/// a public key, or the DID document that names it), or, where that key is nowhere to be had, the CSCAs themselves.
/// </summary>
sealed class DidAnchor : IDisposable
{
    const int CoordinateLength = 32;
    const string CertificateLabel = "CERTIFICATE";
    const string PublicKeyLabel = "PUBLIC KEY";

    readonly List<X509Certificate2> certificates = [];
    readonly List<PublicKey> proofKeys = [];

    DidAnchor()
    {
    }

    /// <summary>Any of them may have made the proof; empty: the CSCAs decide.</summary>
    public IReadOnlyList<PublicKey> ProofKeys => proofKeys;

    /// <summary>To be asked only where there is no proof key.</summary>
    public IReadOnlyList<X509Certificate2> Cscas => certificates;

    /// <summary>Null when nothing in it can be pinned.</summary>
    public static DidAnchor? Read(ReadOnlySpan<byte> anchor)
    {
        var read = new DidAnchor();
        try
        {
            if (anchor is [(byte)'{', ..])
            {
                read.AddDocument(anchor);
            }
            else if (Encoding.UTF8.GetString(anchor) is var text && text.Contains(
                "-----BEGIN", StringComparison.Ordinal))
            {
                read.AddPem(text);
            }
            else
            {
                read.certificates.Add(X509CertificateLoader.LoadCertificate(anchor));
            }
            read.Sort();
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e)
            || e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            read.Dispose();
            return null;
        }
        return read.proofKeys.Count + read.certificates.Count > 0 ? read : null;
    }

    public void Dispose() => certificates.ForEach(certificate => certificate.Dispose());

    void AddPem(ReadOnlySpan<char> text)
    {
        while (PemEncoding.TryFind(text, out var found))
        {
            var bytes = Convert.FromBase64String(text[found.Base64Data].ToString());
            switch (text[found.Label].ToString())
            {
                case CertificateLabel:
                    certificates.Add(X509CertificateLoader.LoadCertificate(bytes));
                    break;
                case PublicKeyLabel:
                    proofKeys.Add(PublicKey.CreateFromSubjectPublicKeyInfo(bytes, out _));
                    break;
            }
            text = text[found.Location.End..];
        }
    }

    /// <summary>Among CSCAs all are meant as such, though one in use does not say that it is a CA.</summary>
    void Sort()
    {
        if (!certificates.Any(CertificateUse.IsCa))
        {
            proofKeys.AddRange(certificates.Select(certificate => certificate.PublicKey));
        }
    }

    void AddDocument(ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray());
        foreach (var method in document.RootElement.GetProperty("verificationMethod").EnumerateArray())
        {
            var jwk = method.GetProperty("publicKeyJwk");
            using AsymmetricAlgorithm key = jwk.GetProperty("kty").GetString() == "RSA" ? Rsa(jwk) : P256(jwk);
            proofKeys.Add(new PublicKey(key));
        }
    }

    static ECDsa P256(JsonElement jwk) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Coordinate(jwk, "x"), Y = Coordinate(jwk, "y") },
    });

    static RSA Rsa(JsonElement jwk) => RSA.Create(new RSAParameters
    {
        Modulus = Base64Url.DecodeFromChars(jwk.GetProperty("n").GetString()),
        Exponent = Base64Url.DecodeFromChars(jwk.GetProperty("e").GetString()),
    });

    /// <summary>A sign byte too much, or a leading zero too few, is how some writers have it.</summary>
    static byte[] Coordinate(JsonElement jwk, string member)
    {
        var digits = Base64Url.DecodeFromChars(jwk.GetProperty(member).GetString()).AsSpan().TrimStart((byte)0);
        var padded = new byte[CoordinateLength];
        digits.CopyTo(padded.AsSpan(CoordinateLength - digits.Length));
        return padded;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Issuer.Core.Gateway;
using Issuer.Hcert;

namespace Issuer.Server.Tests.Gateway;

/// <summary>
/// A certificate with its key, made with the platform alone so that nothing of ours vouches for itself.
/// </summary>
sealed class Holder
{
    static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    Holder(X509Certificate2 certificate, ECDsa key) => (Certificate, Key) = (certificate, key);

    public X509Certificate2 Certificate { get; }

    public ECDsa Key { get; }

    public byte[] Der => Certificate.RawData;

    public string Kid => Convert.ToBase64String(SHA256.HashData(Der)[..8]);

    /// <param name="issuer">Null: signs itself.</param>
    public static Holder Make(
        string country, string name, bool isCa = false, Holder? issuer = null, string? host = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}, C={country}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isCa, isCa, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            isCa ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, true));
        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(System.Net.IPAddress.Parse(host));
            request.CertificateExtensions.Add(names.Build());
        }
        var bare = issuer is null
            ? request.CreateSelfSigned(From, From.AddYears(30))
            : request.Create(issuer.Certificate, From, From.AddYears(20), RandomNumberGenerator.GetBytes(8));
        return new Holder(bare.HasPrivateKey ? bare : bare.CopyWithPrivateKey(key), key);
    }

    public string Cms(byte[] content, bool detached)
    {
        var cms = new SignedCms(new ContentInfo(content), detached);
        cms.ComputeSignature(new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, Certificate, Key)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly,
        });
        return Convert.ToBase64String(cms.Encode());
    }
}

/// <summary>An item of the gateway's trust list, which a test may spoil.</summary>
sealed record Item(
    string Kid, string Timestamp, string Country, string CertificateType, string Thumbprint, string? Signature,
    string? RawData)
{
    public static Item Of(
        string type, string country, Holder subject, Holder signer, string since = "2026-05-01T00:00:00Z") => new(
        subject.Kid, since, country, type, Convert.ToHexStringLower(SHA256.HashData(subject.Der)),
        signer.Cms(subject.Der, detached: true), Convert.ToBase64String(subject.Der));
}

/// <summary>
/// A made-up country at the gateway: its CSCA, its upload certificate and as many DSCs as it is asked for.
/// </summary>
sealed class Country(string code)
{
    public string Code => code;

    public Holder Csca { get; } = Holder.Make(code, $"CSCA {code}", isCa: true);

    public Holder Upload { get; } = Holder.Make(code, $"Upload {code}");

    public Item Dsc(Holder? issuer = null, Holder? signer = null) => Item.Of(
        "DSC", code, Holder.Make(code, $"DSC {Guid.NewGuid():N}", issuer: issuer ?? Csca), signer ?? Upload);

    public Holder Signer() => Holder.Make(code, $"DSC {Guid.NewGuid():N}", issuer: Csca);

    public Item Dsc(Holder dsc) => Item.Of("DSC", code, dsc, Upload);

    /// <summary>A DSC as the store keeps it.</summary>
    public GatewayKey Key(Holder dsc) => new("DSC", code, dsc.Kid, dsc.Der, RunningService.Start);

    public GatewayKey Key() => Key(Signer());

    /// <summary>A certificate of this country, unless it claims to be another's.</summary>
    public string Certify(Holder dsc, string identifier, string? issuer = null, string? entryCountry = null)
    {
        var entry = new VaccinationEntry
        {
            Disease = DccEntry.Covid19, Prophylaxis = "1119349007", Product = "EU/1/20/1528", Holder = "ORG-100030215",
            DoseNumber = 2, SeriesDoses = 2, Date = new DateOnly(2026, 9, 1), Country = entryCountry ?? code,
            Issuer = "Ministry of Health", CertificateIdentifier = identifier,
        };
        var dcc = new Dcc(Dcc.CurrentVersion, new PersonName("Muster", "Mia", "MUSTER", "MIA"), "1990-01-01", entry);
        var toBeSigned = CoseSign1.ToBeSigned(CoseAlgorithm.ES256, Kid.OfDsc(dsc.Der), CwtWriter.Write(
            new Cwt(issuer ?? code, RunningService.Start.AddDays(-1), RunningService.Start.AddYears(1), dcc)));
        return Hc1.Encode(CoseSign1.Assemble(toBeSigned, dsc.Key.SignData(toBeSigned, HashAlgorithmName.SHA256)));
    }

    /// <summary>One hash made of a number.</summary>
    public string Batch(
        int number, Holder? signer = null, string? country = null, string expires = "2027-11-07T00:00:00Z") =>
        Batch(SHA256.HashData(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)))[..16],
            "SIGNATURE", "UNKNOWN_KID", signer, country, expires);

    public string Batch(
        byte[] hash, string type, string kid, Holder? signer = null, string? country = null,
        string expires = "2027-11-07T00:00:00Z") => (signer ?? Upload).Cms(Encoding.UTF8.GetBytes(
            $$"""
            {"country":"{{country ?? code}}","expires":"{{expires}}","kid":"{{kid}}","hashType":"{{type}}","entries":[{"hash":"{{Convert.ToBase64String(hash)}}"}]}
            """), detached: false);
}

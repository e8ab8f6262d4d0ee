using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

/// <summary>A country made for a test: one key, its DSC, and certificates signed with it.</summary>
sealed class HcertSample : IDisposable
{
    public static readonly DateTimeOffset IssuedAt = new(2022, 4, 15, 3, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset ExpiresAt = new(2023, 4, 15, 17, 0, 0, TimeSpan.Zero);

    readonly AsymmetricAlgorithm key;

    public HcertSample(CoseAlgorithm algorithm = CoseAlgorithm.ES256, params string[] keyUsages)
    {
        key = algorithm == CoseAlgorithm.ES256 ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        Dsc = DscFor(key, keyUsages);
    }

    public Dsc Dsc { get; }

    public static VaccinationEntry Vaccination => new()
    {
        Disease = DccEntry.Covid19,
        Prophylaxis = "1119349007",
        Product = "EU/1/20/1528",
        Holder = "ORG-100030215",
        DoseNumber = 2,
        SeriesDoses = 2,
        Date = new DateOnly(2021, 11, 20),
        Country = "VN",
        Issuer = "Bộ Y tế",
        CertificateIdentifier = Uvci.Mint(new Slot(12345), new byte[Uvci.RandomLength]).ToString(),
    };

    public static Dcc Dcc => new(
        Dcc.CurrentVersion,
        new PersonName("Nguyễn", "Thị Hương Đào", "NGUYEN", "THI<HUONG<DAO"),
        "1984-02-29",
        Vaccination);

    public static Cwt Cwt => new("VN", IssuedAt, ExpiresAt, Dcc);

    public static Dsc DscFor(
        AsymmetricAlgorithm key, string[]? keyUsages = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var name = new X500DistinguishedName("CN=Test DSC,C=VN");
        var request = key is ECDsa ec
            ? new CertificateRequest(name, ec, HashAlgorithmName.SHA256)
            : new CertificateRequest(name, (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (keyUsages is { Length: > 0 })
        {
            var oids = new OidCollection();
            foreach (var usage in keyUsages)
            {
                oids.Add(new Oid(usage));
            }
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(oids, critical: false));
        }
        using var certificate = request.CreateSelfSigned(from ?? IssuedAt.AddMonths(-6), to ?? IssuedAt.AddMonths(18));
        Assert.True(Dsc.TryParse(certificate.RawData, out var dsc, out var why), why);
        return dsc;
    }

    public byte[] Sign(ReadOnlySpan<byte> toBeSigned) => key is ECDsa ec
        ? ec.SignData(toBeSigned, HashAlgorithmName.SHA256)
        : ((RSA)key).SignData(toBeSigned, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    public byte[] Cose(Cwt? cwt = null) => CosePayload(CwtWriter.Write(cwt ?? Cwt));

    public byte[] CosePayload(byte[] payload)
    {
        var toBeSigned = CoseSign1.ToBeSigned(Dsc.Algorithm, Dsc.Kid, payload);
        return CoseSign1.Assemble(toBeSigned, Sign(toBeSigned));
    }

    public string Hc1(Cwt? cwt = null) => Issuer.Hcert.Hc1.Encode(Cose(cwt));

    public Judgement Verify(string hc1, DateTimeOffset? at = null) => HcertVerifier.Verify(
        hc1, hcert => hcert.Kid == Dsc.Kid ? [Dsc] : [], at ?? IssuedAt.AddDays(1));

    public void Dispose() => key.Dispose();
}

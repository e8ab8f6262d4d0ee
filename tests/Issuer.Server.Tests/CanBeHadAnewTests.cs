using System.Security.Cryptography;
using Issuer.Hcert;
using Issuer.Server.Verification;

namespace Issuer.Server.Tests;

public sealed class CanBeHadAnewTests
{
    const string Ours = "URN:UVCI:01:VN:00006896X62ZGKMMQ6FPYMEXF6X#U";

    [Theory]
    [InlineData(Verdict.Expired, Ours, true)]
    [InlineData(Verdict.Revoked, Ours, false)]
    [InlineData(Verdict.Valid, Ours, false)]
    [InlineData(Verdict.Expired, "01DE/IZ12345A/5CWLU12RNOB9RXSEOP6FG8#W", false)]
    [InlineData(Verdict.Expired, "URN:UVCI:V1:IT:7K4M", false)]
    public void Only_who_is_regenerated_by_us_is_promised_a_newer_one(Verdict verdict, string identifier, bool expected)
    {
        var start = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var entry = new VaccinationEntry
        {
            Disease = DccEntry.Covid19, Prophylaxis = "1119349007", Product = "EU/1/20/1528", Holder = "ORG-100030215",
            DoseNumber = 2, SeriesDoses = 2, Date = new DateOnly(2026, 11, 20), Country = "VN", Issuer = "Bộ Y tế",
            CertificateIdentifier = identifier,
        };
        var cwt = new Cwt("VN", start, start.AddYears(1),
            new Dcc(Dcc.CurrentVersion, new PersonName("Nguyễn", "Thị Đào", "NGUYEN", "THI<DAO"), "1984-02-29", entry));
        var kid = new Kid(RandomNumberGenerator.GetBytes(Kid.Length));
        var cose = CoseSign1.Assemble(
            CoseSign1.ToBeSigned(CoseAlgorithm.ES256, kid, CwtWriter.Write(cwt)), new byte[CoseSign1.Es256SignatureLength]);
        Assert.True(HcertReader.TryReadCose(cose, out var hcert, out _));
        Assert.Equal(expected, VerificationLists.CanBeHadAnew(new Issuer.Hcert.Verification(verdict, "", hcert)));
    }
}

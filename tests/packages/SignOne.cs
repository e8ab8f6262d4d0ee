using System.Security.Cryptography;
using Issuer.Hcert;

/// <summary>From the content of a certificate to the text of its QR code.</summary>
static class SignOne
{
    public static string Sign(Dcc dcc, DateTimeOffset issuedAt, DateTimeOffset expiresAt, Dsc dsc, ECDsa key)
    {
        var claims = CwtWriter.Write(new Cwt("VN", issuedAt, expiresAt, dcc));
        // Keep these bytes before you sign them: with the signature they are the whole certificate.
        var toBeSigned = CoseSign1.ToBeSigned(CoseAlgorithm.ES256, dsc.Kid, claims);
        var signature = key.SignData(toBeSigned, HashAlgorithmName.SHA256);
        return Hc1.Encode(CoseSign1.Assemble(toBeSigned, signature));
    }
}

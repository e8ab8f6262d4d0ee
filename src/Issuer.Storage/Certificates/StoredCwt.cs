using Issuer.Hcert;

namespace Issuer.Storage.Certificates;

/// <summary>
/// What stored bytes say. They were linted before they were stored, so anything unreadable is damage.
/// </summary>
static class StoredCwt
{
    public static Cwt Of(byte[] toBeSigned)
    {
        // The reader takes whole certificates: a signature of zeros stands in, nothing here is verified.
        var cose = CoseSign1.Assemble(toBeSigned, new byte[CoseSign1.Es256SignatureLength]);
        return HcertReader.TryReadCose(cose, out var hcert, out var fault)
            && hcert is { IssuedAt: { } issuedAt, ExpiresAt: { } expiresAt }
            ? new Cwt(hcert.Issuer, issuedAt, expiresAt, hcert.Dcc)
            : throw new InvalidDataException($"A stored certificate cannot be read: {fault?.Text}");
    }
}

using Issuer.Core.Records;
using Issuer.Core.Revocation;

namespace Issuer.Core.Certificates;

/// <summary>
/// Step 10: may a code be drawn? A picture that every verifier refuses would only bring its holder to a border in vain.
/// A superseded one is still accepted, and an expired one says so itself.
/// </summary>
public static class DecideDelivery
{
    static readonly Bilingual KeyWithdrawn = new(
        "khóa ký không còn được tin cậy", "its signing key is trusted no more");

    /// <summary>Null: it may.</summary>
    public static Rejection? Refuse(IssuedCertificate certificate, DateTimeOffset now) =>
        certificate.StateAt(now) switch
        {
            CertificateState.Revoked => Of(
                RejectionKind.Gone, "revoked", "thu hồi", RequestFaultCode.CertificateRevoked, certificate),
            CertificateState.Suspended => Of(
                RejectionKind.Conflict, "suspended", "tạm đình chỉ", RequestFaultCode.CertificateSuspended,
                certificate),
            CertificateState.Current or CertificateState.Superseded or CertificateState.Expired => null,
        };

    /// <summary>Why a code is refused and what its holder does; null: nothing stands against it.</summary>
    public static Bilingual? Explain(IssuedCertificate certificate, DateTimeOffset now)
    {
        var why = ReasonOf(certificate);
        return certificate.StateAt(now) switch
        {
            CertificateState.Revoked => new(
                $"Chứng nhận này đã bị thu hồi: {why.Vi}. Hãy hỏi cơ sở đã tiêm cho bạn.",
                $"This certificate is revoked: {why.En}. Ask the facility that vaccinated you."),
            CertificateState.Suspended => new(
                $"Chứng nhận này đang bị tạm đình chỉ: {why.Vi}. Bộ Y tế đang xem xét; không cần làm gì cho đến khi "
                    + "hết hạn đình chỉ.",
                $"This certificate is suspended: {why.En}. The ministry looks into it; nothing needs to be done "
                    + "until the suspension ends."),
            _ => null,
        };
    }

    static Bilingual ReasonOf(IssuedCertificate certificate) =>
        certificate.Revocation is { } revocation && !certificate.IsKeyWithdrawn
            ? revocation.Reason.Rule().Words
            : KeyWithdrawn;

    static Rejection Of(
        RejectionKind kind, string english, string vietnamese, RequestFaultCode code, IssuedCertificate certificate)
    {
        var why = ReasonOf(certificate);
        return new Rejection(
            kind, $"this certificate is {english}: {why.En} (chứng nhận này đã bị {vietnamese}: {why.Vi})",
            [new Fault("certificate", code)]);
    }
}

using Issuer.Core.Records;
using Issuer.Core.Revocation;

namespace Issuer.Core.Certificates;

/// <summary>
/// Step 10: may a code be drawn? A picture that every verifier refuses would only bring its holder to a border in vain.
/// A superseded one is still accepted, and an expired one says so itself.
/// </summary>
public static class DecideDelivery
{
    static readonly Dictionary<RevocationReason, Bilingual> Reasons = new()
    {
        [RevocationReason.Fraud] = new("gian lận", "fraud"),
        [RevocationReason.IssuedInError] = new("cấp nhầm", "issued in error"),
        [RevocationReason.WrongData] = new("thông tin sai", "wrong data"),
        [RevocationReason.RecordWithdrawn] = new("bản ghi mũi tiêm đã bị thu hồi", "a dose's record was withdrawn"),
        [RevocationReason.Duplicate] = new("trùng lặp", "a duplicate"),
        [RevocationReason.Leaked] = new("mã đã bị lộ", "its code had leaked"),
        [RevocationReason.HolderRequest] = new("theo yêu cầu của người được cấp", "its holder asked for it"),
        [RevocationReason.Deceased] = new("người được cấp đã mất", "its holder has died"),
        [RevocationReason.Other] = new("lý do khác", "another reason"),
    };

    static readonly Bilingual KeyWithdrawn = new(
        "khóa ký không còn được tin cậy", "its signing key is trusted no more");

    /// <summary>Null: it may.</summary>
    public static Rejection? Refuse(IssuedCertificate certificate, DateTimeOffset now) =>
        certificate.StateAt(now) switch
        {
            CertificateState.Revoked => Of(
                RejectionKind.Gone, "revoked", "thu hồi", FaultCode.CertificateRevoked, certificate),
            CertificateState.Suspended => Of(
                RejectionKind.Conflict, "suspended", "tạm đình chỉ", FaultCode.CertificateSuspended, certificate),
            _ => null,
        };

    static Rejection Of(
        RejectionKind kind, string english, string vietnamese, FaultCode code, IssuedCertificate certificate)
    {
        var why = certificate.Revocation is { } revocation && !certificate.IsKeyWithdrawn
            ? Reasons[revocation.Reason]
            : KeyWithdrawn;
        return new Rejection(
            kind, $"this certificate is {english}: {why.En} (chứng nhận này đã bị {vietnamese}: {why.Vi})",
            [new Fault("certificate", code)]);
    }
}

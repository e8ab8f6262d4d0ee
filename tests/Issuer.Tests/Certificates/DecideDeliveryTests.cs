using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Tests.Certificates;

public sealed class DecideDeliveryTests
{
    static readonly IssuedCertificate Certificate = new(
        new Slot(1), 1, null, null, "", Given.Now.AddDays(-10), Given.Now.AddDays(300), true, "", [], []);

    [Theory]
    [InlineData(true, 300)]
    [InlineData(false, 300)]
    [InlineData(true, 0)]
    public void What_is_current_superseded_or_expired_is_drawn(bool isHead, int daysLeft) => Assert.Null(
        DecideDelivery.Refuse(
            Certificate with { IsLineageHead = isHead, ExpiresAt = Given.Now.AddDays(daysLeft) }, Given.Now));

    [Theory]
    [InlineData(RevocationReason.Fraud, "fraud", "gian lận")]
    [InlineData(RevocationReason.IssuedInError, "issued in error", "cấp nhầm")]
    [InlineData(RevocationReason.WrongData, "wrong data", "thông tin sai")]
    [InlineData(RevocationReason.RecordWithdrawn, "a dose's record was withdrawn", "bản ghi mũi tiêm đã bị thu hồi")]
    [InlineData(RevocationReason.Duplicate, "a duplicate", "trùng lặp")]
    [InlineData(RevocationReason.Leaked, "its code had leaked", "mã đã bị lộ")]
    [InlineData(RevocationReason.HolderRequest, "its holder asked for it", "theo yêu cầu của người được cấp")]
    [InlineData(RevocationReason.Deceased, "its holder has died", "người được cấp đã mất")]
    [InlineData(RevocationReason.Other, "another reason", "lý do khác")]
    public void What_is_revoked_is_gone_and_says_why_in_both_languages(
        RevocationReason reason, string english, string vietnamese)
    {
        var refused = DecideDelivery.Refuse(
            Certificate with { Revocation = new DeclaredRevocation(reason, Given.Now) }, Given.Now)!;

        Assert.Equal(RejectionKind.Gone, refused.Kind);
        Assert.Equal(
            $"this certificate is revoked: {english} (chứng nhận này đã bị thu hồi: {vietnamese})", refused.Detail);
        Assert.Equal([new Fault("certificate", RequestFaultCode.CertificateRevoked)], refused.Faults);
    }

    [Fact]
    public void What_is_suspended_comes_back_with_the_end_of_the_suspension()
    {
        var suspended = Certificate with
        {
            Revocation = new DeclaredRevocation(RevocationReason.Other, Given.Now, Given.Now.AddDays(5)),
        };

        var refused = DecideDelivery.Refuse(suspended, Given.Now.AddDays(5).AddSeconds(-1))!;

        Assert.Equal(RejectionKind.Conflict, refused.Kind);
        Assert.Equal(
            "this certificate is suspended: another reason (chứng nhận này đã bị tạm đình chỉ: lý do khác)",
            refused.Detail);
        Assert.Equal([new Fault("certificate", RequestFaultCode.CertificateSuspended)], refused.Faults);
        Assert.Null(DecideDelivery.Refuse(suspended, Given.Now.AddDays(5)));
    }

    [Fact]
    public void A_withdrawn_key_is_the_reason_whatever_else_stands_against_the_certificate()
    {
        const string why = "this certificate is revoked: its signing key is trusted no more "
            + "(chứng nhận này đã bị thu hồi: khóa ký không còn được tin cậy)";
        var withdrawn = Certificate with { IsKeyWithdrawn = true };

        Assert.Equal(why, DecideDelivery.Refuse(withdrawn, Given.Now)?.Detail);
        Assert.Equal(
            why,
            DecideDelivery.Refuse(
                withdrawn with { Revocation = new DeclaredRevocation(RevocationReason.Fraud, Given.Now) }, Given.Now)
                ?.Detail);
    }
}

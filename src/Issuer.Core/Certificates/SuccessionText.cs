namespace Issuer.Core.Certificates;

/// <summary>
/// What a holder reads beside a certificate that has a predecessor or a successor: why there are two codes.
/// </summary>
public static class SuccessionText
{
    static readonly Bilingual Superseded = new(
        "Đã có mã mới thay mã này. Mã này vẫn được chấp nhận đến khi hết hạn, nên bạn có thể thấy hai mã cùng lúc; hãy "
            + "dùng mã mới.",
        "A newer code has taken this one's place. This one is still accepted until it expires, so you may see two "
            + "codes at once; show the newer one.");

    /// <summary>Null: it is alone, and there is nothing to explain.</summary>
    public static Bilingual? Of(CertificateState state, SuccessionCause? cause) =>
        state == CertificateState.Superseded ? Superseded : cause is { } why ? Of(why) : null;

    static Bilingual Of(SuccessionCause cause) => cause switch
    {
        SuccessionCause.Regenerated => new(
            "Mã này được tự động cấp thay mã trước sắp hết hạn; nội dung không đổi.",
            "Made automatically before the earlier code expires; the content is the same."),
        SuccessionCause.NewDose => new(
            "Mã này được cấp vì bạn đã tiêm thêm một mũi.", "Made because another dose was given."),
        SuccessionCause.DoseWithdrawn => new(
            "Mã này được cấp vì một mũi tiêm đã bị rút khỏi hồ sơ; các mũi còn lại vẫn có giá trị.",
            "Made because a dose was withdrawn from the record; the other doses remain valid."),
        SuccessionCause.Corrected => new(
            "Mã này được cấp vì hồ sơ đã được sửa. Mã trước chỉ còn được chấp nhận trong thời gian ngắn.",
            "Made because the record was corrected. The earlier code is accepted for a short time only."),
        SuccessionCause.Merged => new(
            "Mã này được cấp vì hai hồ sơ của bạn đã được gộp làm một.",
            "Made because two of your records were merged."),
        SuccessionCause.Leaked => new(
            "Mã này thay mã trước đã bị lộ và đã bị thu hồi.",
            "Takes the place of a code that had leaked and was revoked."),
        SuccessionCause.KeyWithdrawn => new(
            "Mã này thay mã trước vì khóa ký của mã đó không còn được tin cậy.",
            "Takes the place of a code whose signing key is no longer trusted."),
    };
}

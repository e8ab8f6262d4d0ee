using Issuer.Core.Certificates;
using Issuer.Hcert;

namespace Issuer.Storage.Certificates;

/// <summary>A row of <c>certificate</c> while it is an intent.</summary>
sealed record CertificateColumns(
    long Slot, byte[] Random, long LineageId, long SubjectRevision, long? Predecessor, long? Cause, string Kid,
    long IssuedAt, long ExpiresAt, byte[] ToBeSigned, byte[] ContentDigest, long SubjectId, long RevisionNow,
    long IsOpen, long? CurrentSlot)
{
    public const string Intent =
        "c.slot, c.random, c.lineage_id, c.subject_revision, c.predecessor, c.cause, c.kid, c.issued_at, "
        + "c.expires_at, c.to_be_signed, c.content_digest";

    public const string Insert =
        """
        insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at,
            expires_at, to_be_signed, content_digest, dose_number, abandoned)
        values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, 0)
        """;

    public static object?[] ValuesOf(PreparedCertificate i, long lineage) =>
    [
        i.Slot.Value, i.Random.ToArray(), lineage, i.SubjectRevision, i.Predecessor?.Value, (long?)i.Cause, i.Kid.ToString(),
        i.Cwt.IssuedAt.ToUnixTimeSeconds(), i.Cwt.ExpiresAt.ToUnixTimeSeconds(), i.ToBeSigned.ToArray(),
        i.ContentDigest.ToArray(), (long)((VaccinationEntry)i.Cwt.Dcc.Entry).DoseNumber,
    ];

    public StoredIntent ToIntent() => new(
        new Slot(Slot), Random, SubjectId, LineageId, SlotOf(Predecessor), (SuccessionCause?)Cause, Kid, ToBeSigned,
        ContentDigest)
    {
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(IssuedAt),
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(ExpiresAt),
        SubjectRevision = SubjectRevision,
        RevisionNow = RevisionNow,
        IsLineageOpen = IsOpen == 1,
        CurrentSlot = SlotOf(CurrentSlot),
    };

    static Slot? SlotOf(long? value) => value is { } slot ? new Slot(slot) : null;
}

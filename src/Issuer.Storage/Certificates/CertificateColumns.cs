using Issuer.Core.Certificates;
using Issuer.Hcert;

namespace Issuer.Storage.Certificates;

/// <summary>A row of <c>certificate</c> while it is an intent.</summary>
sealed record CertificateColumns(
    long Slot, byte[] Random, long LineageId, long SubjectRevision, long? Predecessor, long? Cause, string Kid,
    byte[] ToBeSigned, byte[] ContentDigest, long SubjectId, long RevisionNow, long IsOpen, long? CurrentSlot)
{
    public const string Intent =
        "c.slot, c.random, c.lineage_id, c.subject_revision, c.predecessor, c.cause, c.kid, c.to_be_signed, "
        + "c.content_digest";

    public const string Insert =
        """
        insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at,
            expires_at, to_be_signed, content_digest, dose_number, abandoned)
        values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, 0)
        """;

    public static object?[] ValuesOf(PreparedCertificate i) =>
    [
        i.Slot.Value, i.Random, i.LineageId, i.SubjectRevision, i.Predecessor?.Value, (long?)i.Cause, i.Kid.ToString(),
        i.Cwt.IssuedAt.ToUnixTimeSeconds(), i.Cwt.ExpiresAt.ToUnixTimeSeconds(), i.ToBeSigned, i.ContentDigest,
        (long)((VaccinationEntry)i.Cwt.Dcc.Entry).DoseNumber,
    ];

    public bool Stands => RevisionNow == SubjectRevision && IsOpen == 1 && CurrentSlot == Predecessor;

    public PreparedCertificate ToIntent()
    {
        if (!Hcert.Kid.TryParse(Kid, out var kid))
        {
            throw new InvalidDataException($"Slot {Slot}: the stored kid is broken.");
        }
        return new PreparedCertificate(new Slot(Slot), Random, SubjectId, SubjectRevision, LineageId,
            Predecessor is { } before ? new Slot(before) : null, (SuccessionCause?)Cause, kid, StoredCwt.Of(ToBeSigned),
            ToBeSigned, ContentDigest);
    }
}

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

    public static Task InsertAsync(
        WriteSession session, IEnumerable<(PreparedCertificate Intent, long Lineage)> kept) =>
        session.InsertAsync("certificate", kept.Select(k => new
        {
            slot = k.Intent.Slot.Value, random = k.Intent.Random.ToArray(), lineageId = k.Lineage,
            k.Intent.SubjectRevision, predecessor = k.Intent.Predecessor?.Value, cause = (long?)k.Intent.Cause,
            kid = k.Intent.Kid.ToString(), issuedAt = k.Intent.Cwt.IssuedAt.ToUnixTimeSeconds(),
            expiresAt = k.Intent.Cwt.ExpiresAt.ToUnixTimeSeconds(), toBeSigned = k.Intent.ToBeSigned.ToArray(),
            contentDigest = k.Intent.ContentDigest.ToArray(),
            doseNumber = (long)((VaccinationEntry)k.Intent.Cwt.Dcc.Entry).DoseNumber, abandoned = 0L,
        }));

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

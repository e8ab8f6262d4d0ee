using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>Why a certificate follows another in its lineage. Stored by number: only append.</summary>
public enum SuccessionCause
{
    Regenerated = 1,
    NewDose = 2,
    DoseWithdrawn = 3,
    Corrected = 4,
    Merged = 5,
    Leaked = 6,
    KeyWithdrawn = 7,
}

/// <summary>
/// Built and linted, to be reserved. Only <see cref="PrepareCertificates"/> makes one, and nothing changes it
/// afterwards. It cannot be signed: what can is the <see cref="ReservedCertificate"/> it becomes, once, when its intent
/// is durable.
/// </summary>
public sealed class PreparedCertificate
{
    int reserved;

    /// <param name="dsc">The lint was made for this one, so this one signs.</param>
    internal PreparedCertificate(
        Slot slot, byte[] random, DueSubject subject, SuccessionCause? cause, SigningDsc dsc, Cwt cwt,
        byte[] toBeSigned, byte[] contentDigest)
    {
        (Slot, Random, SubjectId, SubjectRevision) = (slot, random, subject.Id, subject.Revision);
        (LineageId, Predecessor, Cause) = (subject.Lineage?.Id, subject.Lineage?.Current, cause);
        (Dsc, Cwt, ToBeSigned, ContentDigest) = (dsc, cwt, toBeSigned, contentDigest);
    }

    public Slot Slot { get; }

    /// <summary>The random part of the UVCI, <see cref="Uvci.RandomLength"/> bytes.</summary>
    public ReadOnlyMemory<byte> Random { get; }

    public long SubjectId { get; }

    /// <summary>What the decision was made on; a later one voids the intent.</summary>
    public long SubjectRevision { get; }

    /// <summary>Null: a new lineage is opened.</summary>
    public long? LineageId { get; }

    /// <summary>The slot that was current; completing fails when it no longer is.</summary>
    public Slot? Predecessor { get; }

    public SuccessionCause? Cause { get; }

    public Kid Kid => Dsc.Own.Kid;

    /// <summary>What the bytes say.</summary>
    public Cwt Cwt { get; }

    /// <summary>The exact bytes that were linted, are stored and will be signed.</summary>
    public ReadOnlyMemory<byte> ToBeSigned { get; }

    /// <summary>Of what the certificate says, without its identifier and times.</summary>
    public ReadOnlyMemory<byte> ContentDigest { get; }

    internal SigningDsc Dsc { get; }

    /// <summary>One preparation becomes one certificate.</summary>
    /// <exception cref="InvalidOperationException">It became one before.</exception>
    internal void TakeReservation()
    {
        if (Interlocked.Exchange(ref reserved, 1) != 0)
        {
            throw new InvalidOperationException($"Slot {Slot.Value} was reserved before.");
        }
    }
}

/// <summary>A certificate with its signature, checked against what was reserved.</summary>
/// <param name="RegenerateAt">When its own successor is due.</param>
public sealed record SignedCertificate(
    Slot Slot, long LineageId, Slot? Predecessor, SuccessionCause? Cause, Kid Kid, byte[] Signature,
    RevocationHash RevocationHash, DateTimeOffset RegenerateAt)
{
    /// <summary>
    /// What is declared of those it corrects, once it is current; null: nothing, they live out their time.
    /// </summary>
    public Declaration? Corrects { get; init; }
}

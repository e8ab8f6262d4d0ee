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
/// Checked, complete and ready to sign, once. Only <see cref="PrepareCertificates"/> makes one from a decision, and
/// only the store brings one back, so nothing else can reach the signer.
/// </summary>
/// <param name="Random">The random part of the UVCI, <see cref="Uvci.RandomLength"/> bytes.</param>
/// <param name="SubjectRevision">What the decision was made on; a later one voids the intent.</param>
/// <param name="LineageId">Null: a new lineage is opened.</param>
/// <param name="Predecessor">The slot that was current; completing fails when it no longer is.</param>
/// <param name="ToBeSigned">The exact bytes that were linted, are stored and will be signed.</param>
/// <param name="Cwt">What those bytes say.</param>
/// <param name="ContentDigest">Of what the certificate says, without its identifier and times.</param>
public sealed record PreparedCertificate(
    Slot Slot, byte[] Random, long SubjectId, long SubjectRevision, long? LineageId, Slot? Predecessor,
    SuccessionCause? Cause, Kid Kid, Cwt Cwt, byte[] ToBeSigned, byte[] ContentDigest)
{
    /// <summary>It repeats its predecessor: no new decision is behind it, none is due when it is given up.</summary>
    public bool KeepsContent =>
        Cause is SuccessionCause.Regenerated or SuccessionCause.Leaked or SuccessionCause.KeyWithdrawn;
}

/// <summary>A prepared certificate with its signature, checked against the intent.</summary>
/// <param name="RegenerateAt">When its own successor is due.</param>
public sealed record SignedCertificate(
    PreparedCertificate Prepared, byte[] Signature, RevocationHash RevocationHash, DateTimeOffset RegenerateAt);

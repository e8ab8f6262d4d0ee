using Issuer.Core.Pki;
using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>
/// The right to one signature over bytes that were prepared, linted and durably stored. It is all that a signer takes,
/// and nobody outside this project can make or copy one: the store says which intents it has, the reserve step mints.
/// Model: boulder's issuance token (<c>issuance/cert.go</c>).
/// </summary>
public sealed class ReservedCertificate
{
    readonly SigningDsc dsc;
    readonly ReadOnlyMemory<byte> toBeSigned;
    int redeemed;

    ReservedCertificate(
        ReservedSlot reserved, Slot? predecessor, SuccessionCause? cause, SigningDsc dsc, DateTimeOffset expiresAt,
        ReadOnlyMemory<byte> toBeSigned)
    {
        (Slot, LineageId, Predecessor, Cause) = (reserved.Slot, reserved.LineageId, predecessor, cause);
        (this.dsc, ExpiresAt, this.toBeSigned) = (dsc, expiresAt, toBeSigned);
    }

    public Slot Slot { get; }

    /// <summary>Whose key signs, and no other.</summary>
    public OwnDsc Dsc => dsc.Own;

    internal long LineageId { get; }

    internal Slot? Predecessor { get; }

    internal SuccessionCause? Cause { get; }

    internal DateTimeOffset ExpiresAt { get; }

    /// <summary>The bytes to be signed, once: whoever got them signs them now or never.</summary>
    /// <exception cref="InvalidOperationException">They were given out before.</exception>
    public ReadOnlyMemory<byte> Redeem() => Interlocked.Exchange(ref redeemed, 1) == 0
        ? toBeSigned
        : throw new InvalidOperationException($"Slot {Slot.Value} was given out to be signed before.");

    /// <summary>Step 7: of what was prepared, what the store says it has.</summary>
    /// <exception cref="InvalidOperationException">
    /// The store names what was not prepared, or names something twice.
    /// </exception>
    internal static List<ReservedCertificate> Of(
        IReadOnlyList<PreparedCertificate> prepared, IReadOnlyList<ReservedSlot> stored)
    {
        var bySlot = prepared.ToDictionary(p => p.Slot);
        var reserved = new List<ReservedCertificate>(stored.Count);
        foreach (var slot in stored)
        {
            if (!bySlot.TryGetValue(slot.Slot, out var intent))
            {
                throw new InvalidOperationException($"Slot {slot.Slot.Value} was stored and never prepared.");
            }
            intent.TakeReservation();
            reserved.Add(new ReservedCertificate(
                slot, intent.Predecessor, intent.Cause, intent.Dsc, intent.Cwt.ExpiresAt, intent.ToBeSigned));
        }
        return reserved;
    }

    /// <summary>The same of a stored intent whose bytes <see cref="ResumeIntent"/> has just linted again.</summary>
    internal static ReservedCertificate Of(ResumeIntent.Linted intent) => new(
        new ReservedSlot(intent.Stored.Slot, intent.Stored.LineageId), intent.Stored.Predecessor, intent.Stored.Cause,
        intent.Dsc, intent.Stored.ExpiresAt, intent.ToBeSigned);

    /// <summary>Our own output, read back as a stranger would.</summary>
    internal IReadOnlyList<string> FaultsOf(byte[] signature) => HcertSelfCheck.Faults(
        Hc1.Encode(CoseSign1.Assemble(toBeSigned.Span, signature)), toBeSigned.Span, dsc.Verifier);
}

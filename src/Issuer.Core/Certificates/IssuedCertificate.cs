using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>Where a certificate stands in its lineage (design.md section 2).</summary>
public enum CertificateState
{
    Current,

    /// <summary>A successor took its place; still accepted until it expires.</summary>
    Superseded,

    /// <summary>Declared invalid, or signed with a key that was withdrawn.</summary>
    Revoked,

    /// <summary>Not to be accepted until the suspension ends.</summary>
    Suspended,
    Expired,
}

/// <summary>A completed certificate, as it is delivered.</summary>
/// <param name="IsLineageHead">The lineage names it as its current one.</param>
public sealed record IssuedCertificate(
    Slot Slot, long LineageId, Slot? Predecessor, SuccessionCause? Cause, string Kid, DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt, bool IsLineageHead, string Uvci, byte[] ToBeSigned, byte[] Signature)
{
    /// <summary>Null: nothing stands against it.</summary>
    public DeclaredRevocation? Revocation { get; init; }

    /// <summary>Its DSC has left the trust list.</summary>
    public bool IsKeyWithdrawn { get; init; }

    /// <summary>The text of the QR; drawn from the signed bytes each time, never stored.</summary>
    public string ToHc1() => Hc1.Encode(CoseSign1.Assemble(ToBeSigned, Signature));

    /// <summary>What it says, from the signed bytes, whatever has been put right since.</summary>
    public (Dcc Dcc, VaccinationEntry Entry) Read() =>
        HcertReader.TryReadCose(CoseSign1.Assemble(ToBeSigned, Signature), out var hcert, out var fault)
        && hcert.Dcc.Entry is VaccinationEntry entry
            ? (hcert.Dcc, entry)
            : throw new InvalidDataException($"Slot {Slot.Value} cannot be read: {fault?.Text}");

    public CertificateState StateAt(DateTimeOffset now) =>
        IsKeyWithdrawn || Revocation?.IsRevokedAt(now) == true ? CertificateState.Revoked
        : now >= ExpiresAt ? CertificateState.Expired
        : Revocation?.IsSuspendedAt(now) == true ? CertificateState.Suspended
        : IsLineageHead ? CertificateState.Current
        : CertificateState.Superseded;
}

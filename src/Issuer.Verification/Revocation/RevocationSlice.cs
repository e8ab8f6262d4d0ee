namespace Issuer.Verification.Revocation;

/// <summary>
/// A file of the EU distribution service (eu-dcc.md 2.4): the hashes of one DSC, partition, chunk and expiry, so coded
/// that a verifier may be told "revoked" of a certificate that is not. Ours are proved not to.
/// </summary>
public abstract class RevocationSlice
{
    public abstract ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>As the EU's apps look up: true for every hash in it, false for nearly all others.</summary>
    public abstract bool MayContain(ReadOnlySpan<byte> hash);
}

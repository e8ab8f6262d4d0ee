using System.Buffers.Binary;

namespace Issuer.Verification.Revocation;

/// <summary>
/// What a compact list says once it is read: a verifier that took the full list of a sequence number and one that came
/// there by deltas hold the same.
/// </summary>
/// <param name="Country">Of the issuer, alpha-2.</param>
/// <param name="Sequence">From 1 on; rises with every publication.</param>
/// <param name="ThisUpdate">When it was made, in whole seconds.</param>
/// <param name="NextUpdate">When the next one is there at the latest; after that the list is stale.</param>
/// <param name="Issued">How many certificates have not expired, revoked ones included.</param>
/// <param name="Revoked">The slots to refuse: of revoked and of suspended certificates that have not expired.</param>
/// <param name="Previous">The link of the list before; zeros before the first.</param>
public sealed record CompactListState(
    string Country, long Sequence, DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate, long Issued,
    RevokedSlots Revoked, Sha256Digest Previous)
{
    public Sha256Digest SetDigest { get; } = Revoked.Digest();

    /// <summary>
    /// Names this list and, through <see cref="Previous"/>, all before it: SHA-256 over the previous link, the set's
    /// digest and the sequence number in 8 bytes.
    /// </summary>
    public Sha256Digest Link => LinkOf(Previous, SetDigest, Sequence);

    public bool IsStale(DateTimeOffset now) => now >= NextUpdate;

    internal static Sha256Digest LinkOf(Sha256Digest previous, Sha256Digest set, long sequence)
    {
        Span<byte> linked = stackalloc byte[(2 * Sha256Digest.Length) + sizeof(long)];
        previous.ToBytes().CopyTo(linked);
        set.ToBytes().CopyTo(linked[Sha256Digest.Length..]);
        BinaryPrimitives.WriteInt64BigEndian(linked[(2 * Sha256Digest.Length)..], sequence);
        return Sha256Digest.Of(linked);
    }
}

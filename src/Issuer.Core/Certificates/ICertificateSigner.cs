namespace Issuer.Core.Certificates;

/// <summary>Whoever holds the keys of the DSCs. It hashes the bytes itself: it gets bytes, never digests.</summary>
public interface ICertificateSigner
{
    /// <summary>
    /// Redeems each of the reserved certificates and signs its bytes with the key of its DSC; signatures come in the
    /// same order. Throws when a key cannot be used: the intents then stay open, what was redeemed is spent, and the
    /// next round resumes them from the store.
    /// </summary>
    Task<IReadOnlyList<byte[]>> SignAsync(
        IReadOnlyList<ReservedCertificate> reserved, CancellationToken cancel);
}

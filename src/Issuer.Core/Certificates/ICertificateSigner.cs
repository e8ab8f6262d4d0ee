using Issuer.Core.Pki;

namespace Issuer.Core.Certificates;

/// <summary>Whoever holds the DSC's key. It hashes the bytes itself: it takes prepared bytes, never digests.</summary>
public interface ICertificateSigner
{
    /// <summary>
    /// Signs each of the prepared byte strings. Throws when the key cannot be used; the intents then stay open and the
    /// next round resumes them.
    /// </summary>
    Task<IReadOnlyList<byte[]>> SignAsync(
        OwnDsc dsc, IReadOnlyList<byte[]> toBeSigned, CancellationToken cancel);
}

using System.Security.Cryptography.X509Certificates;

namespace Issuer.Verification;

/// <summary>
/// Whoever holds the trust anchor's key. What is published is written here and signed there: the key is never seen.
/// </summary>
public interface IAnchorSigner
{
    /// <summary>The anchor as verifiers pin it.</summary>
    X509Certificate2 Certificate { get; }

    /// <summary>The bare signature, as JWS and COSE have it: ES256 in r‖s, or PS256.</summary>
    byte[] SignRaw(ReadOnlySpan<byte> content);
}

namespace Issuer.Hcert;

/// <summary>
/// What one known certificate signed with COSE_Sign1 (RFC 9052): lists and manifests, not certificates. Strict, since
/// such files are written by us: only the bytes that <see cref="CoseSign1.Assemble"/> writes are taken.
/// </summary>
public static class SignedPayload
{
    /// <summary>The payload; null when the bytes are anything else or another's. Never throws.</summary>
    /// <param name="cose">A tagged COSE_Sign1.</param>
    /// <param name="signer">The certificate that must have signed, known from elsewhere; its kid must be named.</param>
    public static byte[]? Open(ReadOnlyMemory<byte> cose, Dsc signer)
    {
        if (!CoseSign1Message.TryRead(cose, out var message, out _)
            || message.Kid != signer.Kid || message.Algorithm != signer.Algorithm
            || !signer.Verify(message.ToBeSigned, message.Signature))
        {
            return null;
        }
        var ours = CoseSign1.Assemble(message.ToBeSigned, message.Signature);
        return ours.AsSpan().SequenceEqual(cose.Span) ? message.Payload : null;
    }
}

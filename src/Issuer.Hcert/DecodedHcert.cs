namespace Issuer.Hcert;

/// <summary>
/// What a code says, read tolerantly and believed by nobody yet: <see cref="HcertVerifier"/> gives the verdict.
/// </summary>
public sealed record DecodedHcert
{
    internal DecodedHcert(CoseSign1Message message, CborItem.Map claims, Dcc dcc)
    {
        Message = message;
        Claims = claims;
        Dcc = dcc;
    }

    /// <summary>Claim 1, alpha-2; null when absent.</summary>
    public string? Issuer { get; internal init; }

    /// <summary>Claim 6, whole seconds; null when absent: such a code is never valid.</summary>
    public DateTimeOffset? IssuedAt { get; internal init; }

    /// <summary>Claim 4, whole seconds; null when absent: such a code is never valid.</summary>
    public DateTimeOffset? ExpiresAt { get; internal init; }

    /// <summary>The payload.</summary>
    public Dcc Dcc { get; }

    /// <summary>From the protected header only.</summary>
    public required CoseAlgorithm Algorithm { get; init; }

    /// <summary>From the protected header or, failing that, the unprotected one; null when in neither.</summary>
    public Kid? Kid => Message.Kid;

    /// <summary>The Sig_structure, over the protected header exactly as it stood.</summary>
    public ReadOnlyMemory<byte> ToBeSigned => Message.ToBeSigned;

    /// <summary>The signature: r‖s, or RSA.</summary>
    public ReadOnlyMemory<byte> Signature => Message.Signature;

    internal CoseSign1Message Message { get; }

    internal CborItem.Map Claims { get; }
}

using System.Globalization;

namespace Issuer.Hcert;

/// <summary>
/// The verdict on a code (hcert_spec.md 3 and A.1). The algorithm is the protected header's and must be the key's.
/// Every trusted DSC with the kid is tried. Valid at t when iat ≤ t &lt; exp and the DSC itself is valid at t: the
/// specification keeps a certificate inside its DSC's validity (3.3.4, 3.3.5), so an outlived DSC vouches for nothing.
/// </summary>
public static class HcertVerifier
{
    /// <summary>Judges a code by a trust list.</summary>
    /// <param name="hc1">The text of the code.</param>
    /// <param name="trusted">All DSCs trusted for a code that names a kid: those with it, for it may collide.</param>
    /// <param name="at">The moment asked about.</param>
    /// <param name="isRevoked">
    /// Asked only about certificates whose signature holds, with the DSC that made it; null when nothing is known.
    /// </param>
    public static Judgement Verify(
        string hc1, Func<DecodedHcert, IEnumerable<Dsc>> trusted, DateTimeOffset at,
        Func<DecodedHcert, Dsc, bool>? isRevoked = null)
    {
        if (!HcertReader.TryRead(hc1, out var hcert, out var fault))
        {
            return new(Verdict.Malformed, $"{fault.Layer}: {fault.Text}", null);
        }
        return Verify(hcert, hcert.Kid is null ? [] : trusted(hcert), at, isRevoked);
    }

    /// <summary>
    /// Judges a code by one DSC, trusted alone. A kid in the code must be the DSC's; without one the DSC is tried.
    /// </summary>
    public static Judgement Verify(
        string hc1, Dsc trusted, DateTimeOffset at, Func<DecodedHcert, Dsc, bool>? isRevoked = null)
    {
        if (!HcertReader.TryRead(hc1, out var hcert, out var fault))
        {
            return new(Verdict.Malformed, $"{fault.Layer}: {fault.Text}", null);
        }
        return Verify(hcert, (hcert.Kid ?? trusted.Kid) == trusted.Kid ? [trusted] : [], at, isRevoked);
    }

    static Judgement Verify(
        DecodedHcert hcert, IEnumerable<Dsc> candidates, DateTimeOffset at, Func<DecodedHcert, Dsc, bool>? isRevoked)
    {
        if (hcert.IssuedAt is not { } issuedAt || hcert.ExpiresAt is not { } expiresAt)
        {
            return new(Verdict.Malformed, $"{DecodeLayer.Cwt}: iat or exp is missing", hcert);
        }
        var known = candidates.ToList();
        if (known.Count == 0)
        {
            return new(Verdict.UnknownIssuer, "no trusted DSC has this kid", hcert);
        }
        var signers = known.FindAll(dsc => dsc.Algorithm == hcert.Algorithm
            && dsc.Verify(hcert.ToBeSigned.Span, hcert.Signature.Span));
        if (signers.Count == 0)
        {
            return new(Verdict.BadSignature, "no trusted DSC with this kid made the signature", hcert);
        }
        if (signers.Find(dsc => dsc.Allows(hcert.Dcc.Entry)) is not { } signer)
        {
            return new(Verdict.WrongKeyUsage, "the DSC may not sign this kind of entry", hcert);
        }
        if (isRevoked?.Invoke(hcert, signer) == true)
        {
            return new(Verdict.Revoked, "on a revocation list", hcert);
        }
        return At(hcert, signer, at, issuedAt, expiresAt);
    }

    static Judgement At(
        DecodedHcert hcert, Dsc signer, DateTimeOffset at, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        if (at < issuedAt)
        {
            return new(Verdict.NotYetValid, $"issued at {Utc(issuedAt)}", hcert);
        }
        if (at < signer.NotBefore)
        {
            return new(Verdict.NotYetValid, $"its DSC is valid from {Utc(signer.NotBefore)}", hcert);
        }
        if (at >= expiresAt)
        {
            return new(Verdict.Expired, $"expired at {Utc(expiresAt)}", hcert);
        }
        return at > signer.NotAfter
            ? new(Verdict.Expired, $"its DSC was valid until {Utc(signer.NotAfter)}", hcert)
            : new(Verdict.Valid, $"until {Utc(expiresAt)}", hcert);
    }

    static string Utc(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

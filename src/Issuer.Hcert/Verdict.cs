namespace Issuer.Hcert;

/// <summary>What a verifier says, in order of precedence: the first that applies.</summary>
public enum Verdict
{
    /// <summary>Not an HCERT that can be read.</summary>
    Malformed,

    /// <summary>No trusted DSC has its kid.</summary>
    UnknownIssuer,

    /// <summary>No trusted DSC with its kid made the signature.</summary>
    BadSignature,

    /// <summary>The DSC that made the signature may not sign this kind of entry.</summary>
    WrongKeyUsage,

    /// <summary>On a revocation list.</summary>
    Revoked,

    /// <summary>Before iat, or before the DSC's validity.</summary>
    NotYetValid,

    /// <summary>At exp or later, or after the DSC's validity.</summary>
    Expired,

    /// <summary>None of these.</summary>
    Valid,
}

/// <summary>A verdict and what it rests on.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Detail">Why, in English, without personal data.</param>
/// <param name="Hcert">What the code says; null when malformed.</param>
public sealed record Judgement(Verdict Verdict, string Detail, DecodedHcert? Hcert);

/// <summary>The verdicts as they are written outside.</summary>
public static class Verdicts
{
    /// <summary>The wire name: <c>malformed</c>, <c>unknown-issuer</c> and so on.</summary>
    public static string ToWire(this Verdict verdict) => verdict switch
    {
        Verdict.Malformed => "malformed",
        Verdict.UnknownIssuer => "unknown-issuer",
        Verdict.BadSignature => "bad-signature",
        Verdict.WrongKeyUsage => "wrong-key-usage",
        Verdict.Revoked => "revoked",
        Verdict.NotYetValid => "not-yet-valid",
        Verdict.Expired => "expired",
        Verdict.Valid => "valid",
    };
}

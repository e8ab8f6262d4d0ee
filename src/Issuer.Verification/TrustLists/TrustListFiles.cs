namespace Issuer.Verification.TrustLists;

/// <summary>Where the files of a trust list lie below a publication's folder.</summary>
public static class TrustListFiles
{
    public const string EuPath = "trust-list/eu.json";
    public const string AnchorPath = "trust-list/anchor.pem";
    public const string StatementPath = "trust-list/list.jws";
    public const string PemPath = "trust-list/certificates.pem";
    public const string JwksPath = ".well-known/jwks.json";
    public const string DidPath = ".well-known/did.json";
    public const string AnchorDidPath = "trust-anchor/did.json";

    const string ForeignStart = "trust-list/foreign-";

    public static string ContentPath(string digest) => $"trust-list/list-{digest}.json";

    public static string ForeignPath(string digest) => $"{ForeignStart}{digest}.json";

    public static bool IsForeign(string path) => path.StartsWith(ForeignStart, StringComparison.Ordinal);
}

namespace Issuer.Core.Policies;

/// <summary>How a version came to hold.</summary>
public enum PolicyOrigin
{
    /// <summary>It comes with the program and is version 0.</summary>
    Shipped,

    /// <summary>
    /// A file beside the store of before there were versions: it stands in for version 0 until two people import one.
    /// </summary>
    Found,

    Imported,
}

/// <summary>A document in its place among those of its kind.</summary>
/// <param name="Version">From 1 on by import.</param>
/// <param name="TakenBy">Who imported it, or noted the file; null: it is shipped.</param>
/// <param name="FileDigest">SHA-256 over the file as it was found; null: it was no file.</param>
public sealed record PolicyVersion(
    PolicyDocument Document, long Version, PolicyOrigin Origin, Act? TakenBy = null, byte[]? FileDigest = null);

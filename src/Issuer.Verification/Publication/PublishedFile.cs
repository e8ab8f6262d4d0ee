namespace Issuer.Verification.Publication;

/// <summary>A file of a publication, not yet written.</summary>
/// <param name="Path">Below the publication's folder, with slashes.</param>
public sealed record PublishedFile(string Path, byte[] Bytes, string ContentType);

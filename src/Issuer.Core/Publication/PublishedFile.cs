namespace Issuer.Core.Publication;

/// <summary>A file of a publication, not yet written.</summary>
/// <param name="Path">Below the publication's folder, with slashes.</param>
/// <param name="IsImmutable">Named by its content: what lies there already is the same.</param>
public sealed record PublishedFile(string Path, byte[] Bytes, string ContentType, bool IsImmutable = false);

using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Issuer.Verification.TrustLists;

namespace Issuer.Verification.Publication;

/// <summary>A file as a manifest names it.</summary>
/// <param name="Path">Below the publication's folder: lower-case letters, digits, <c>.-_</c>, slashes between.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record ManifestFile(string Path, long Size, string Sha256)
{
    const int LongestPath = 200;

    static readonly SearchValues<char> PathCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_./");

    public static ManifestFile Of(string path, ReadOnlySpan<byte> content) =>
        new(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));

    public bool IsOf(ReadOnlySpan<byte> content) => Of(Path, content) == this;

    /// <summary>
    /// Whether a path stays below the folder: one that would leave it is as bad as a wrong signature.
    /// </summary>
    public static bool IsSound(string path) =>
        path.Length is > 0 and <= LongestPath && !path.AsSpan().ContainsAnyExcept(PathCharacters)
        && path.Split('/').All(part => part.Trim('.').Length > 0);
}

/// <summary>
/// What one publication holds. Whoever serves the files can leave none out, put none in and show no older ones without
/// its being seen.
/// </summary>
/// <param name="Sequence">From 1 on, one more with every publication.</param>
/// <param name="Next">By then there is another: after it, everything here is stale.</param>
/// <param name="Previous">SHA-256 of the text of the manifest before, in lower-case hex; null for the first.</param>
/// <param name="Files">By path, ordinal, each once.</param>
public sealed record Manifest(
    int Version, long Sequence, DateTime Issued, DateTime Next, string? Previous, IReadOnlyList<ManifestFile> Files)
{
    /// <summary>Of a publication, <c>manifest.jws</c>.</summary>
    public const string PublicationType = "publication+jws";

    /// <summary>Of what an offline verifier carries (<see cref="Bundle"/>).</summary>
    public const string BundleType = "bundle+jws";

    public const string Path = "manifest.jws";

    public const int CurrentVersion = 1;

    const int MostFiles = 20_000;
    const int DigestLength = 64;

    static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public static Manifest Of(
        long sequence, DateTimeOffset issued, TimeSpan fresh, string? previous, IEnumerable<ManifestFile> files)
    {
        var begins = DateTimeOffset.FromUnixTimeSeconds(issued.ToUnixTimeSeconds());
        return new Manifest(CurrentVersion, sequence, begins.UtcDateTime, (begins + fresh).UtcDateTime, previous,
            [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)]);
    }

    public string Sign(string type, IAnchorSigner anchor) =>
        AnchorJws.Sign(JsonSerializer.SerializeToUtf8Bytes(this, PublishedJson.Plain.Manifest), type, anchor);

    /// <summary>Null when the payload is no manifest that we would have written. Never throws.</summary>
    public static Manifest? Parse(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, PublishedJson.Plain.Manifest) is { Files: not null } read
                && read.IsSound() ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    bool IsSound() =>
        Version == CurrentVersion && Sequence > 0 && Next > Issued && Files.Count <= MostFiles
        && Files.All(IsSound)
        && Files.Zip(Files.Skip(1)).All(pair => string.CompareOrdinal(pair.First.Path, pair.Second.Path) < 0);

    static bool IsSound(ManifestFile? file) =>
        file is { Path: { } path, Size: >= 0, Sha256.Length: DigestLength } && ManifestFile.IsSound(path)
        && !file.Sha256.AsSpan().ContainsAnyExcept(Hexadecimal);
}

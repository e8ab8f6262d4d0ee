using System.Text;

namespace Issuer.Verification.Publication;

/// <summary>
/// All that an offline verifier needs in one file: the manifest's text, a line feed, then the files it names, one after
/// another in its order. Nothing is left over, so that no byte can be changed unseen.
/// </summary>
public static class Bundle
{
    public const string Path = "bundle.bin";

    /// <summary>The compact list of the largest country is below 32 MB.</summary>
    public const int Longest = 128 * 1024 * 1024;

    /// <param name="manifest">Of the publication that the files belong to.</param>
    public static byte[] Write(Manifest manifest, IEnumerable<PublishedFile> files, IAnchorSigner anchor)
    {
        var ordered = files.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        var own = manifest with { Files = [.. ordered.Select(file => ManifestFile.Of(file.Path, file.Bytes))] };
        using var bundle = new MemoryStream();
        bundle.Write(Encoding.ASCII.GetBytes(own.Sign(Manifest.BundleType, anchor)));
        bundle.WriteByte((byte)'\n');
        foreach (var file in ordered)
        {
            bundle.Write(file.Bytes);
        }
        return bundle.ToArray();
    }

    /// <summary>The files by path, or why not. Never throws on what it is given.</summary>
    /// <inheritdoc cref="ReadManifest.From" path="/param"/>
    public static (ManifestReading Reading, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files) Read(
        ReadOnlyMemory<byte> bundle, ReadOnlySpan<byte> anchor, DateTimeOffset now, long? newestSeen = null)
    {
        var end = bundle.Span[..Math.Min(bundle.Length, ReadManifest.LongestText)].IndexOf((byte)'\n');
        if (bundle.Length > Longest || end < 0)
        {
            return Refused("not a bundle");
        }
        var reading = ReadManifest.From(
            Encoding.ASCII.GetString(bundle.Span[..end]), Manifest.BundleType, anchor, now, newestSeen);
        if (reading.Manifest is not { } manifest)
        {
            return (reading, Nothing);
        }
        var files = new Dictionary<string, ReadOnlyMemory<byte>>();
        var rest = bundle[(end + 1)..];
        foreach (var file in manifest.Files)
        {
            if (file.Size > rest.Length || !file.IsOf(rest.Span[..(int)file.Size]))
            {
                return Refused($"{file.Path} is not what the anchor signed");
            }
            files.Add(file.Path, rest[..(int)file.Size]);
            rest = rest[(int)file.Size..];
        }
        return rest.IsEmpty ? (reading, files) : Refused("there is more in it than the anchor signed");
    }

    static readonly Dictionary<string, ReadOnlyMemory<byte>> Nothing = [];

    static (ManifestReading, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>) Refused(string why) =>
        (new ManifestReading(null, why, []), Nothing);
}

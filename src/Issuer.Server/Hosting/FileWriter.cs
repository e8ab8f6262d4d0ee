using System.IO.Compression;
using Issuer.Verification.Publication;

namespace Issuer.Server.Hosting;

/// <summary>
/// Publications on disk: each file appears whole, in the order given, and an unchanged one is not touched. What
/// compresses well lies there compressed too (<c>.br</c>, <c>.gz</c>), made once, for a server to send as it is.
/// </summary>
static class FileWriter
{
    public const string Brotli = ".br";
    public const string Gzip = ".gz";

    /// <summary>Not yet in its place.</summary>
    public const string Temporary = ".tmp";

    /// <summary>Below it a packet is saved by nothing.</summary>
    const int WorthCompressing = 1400;

    /// <summary>Null when there is no such file.</summary>
    public static byte[]? Read(string directory, string path) =>
        Path.Combine(directory, path) is var full && File.Exists(full) ? File.ReadAllBytes(full) : null;

    public static void Write(string directory, IEnumerable<PublishedFile> files)
    {
        foreach (var file in files)
        {
            Write(directory, file);
        }
    }

    /// <summary>What lies there is compared, not believed: somebody else may have been in the folder.</summary>
    public static void Write(string directory, PublishedFile file)
    {
        var path = Path.Combine(directory, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!Holds(path, file.Bytes))
        {
            // Whoever takes compressed files finds none rather than one of older content.
            File.Delete(path + Brotli);
            File.Delete(path + Gzip);
            Move(path, file.Bytes);
        }
        if (!IsText(file.ContentType) || file.Bytes.Length <= WorthCompressing)
        {
            return;
        }
        if (!Unpacks(path + Brotli, file.Bytes, from => new BrotliStream(from, CompressionMode.Decompress)))
        {
            Move(path + Brotli, Compress(file.Bytes, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
        }
        if (!Unpacks(path + Gzip, file.Bytes, from => new GZipStream(from, CompressionMode.Decompress)))
        {
            Move(path + Gzip, Compress(file.Bytes, to => new GZipStream(to, CompressionLevel.SmallestSize)));
        }
    }

    /// <summary>A link is no file of ours, whatever it leads to; a pipe has no length and is never opened.</summary>
    static bool Holds(string path, byte[] content) =>
        new FileInfo(path) is { Exists: true, LinkTarget: null } file && file.Length == content.Length
        && (content.Length == 0 || File.ReadAllBytes(path).AsSpan().SequenceEqual(content));

    /// <summary>Reads no more than the content is long, whatever was put there.</summary>
    static bool Unpacks(string path, byte[] content, Func<Stream, Stream> with)
    {
        if (new FileInfo(path) is not { Exists: true, LinkTarget: null, Length: > 0 })
        {
            return false;
        }
        try
        {
            using var unpacked = with(File.OpenRead(path));
            var there = new byte[content.Length + 1];
            return unpacked.ReadAtLeast(there, there.Length, throwOnEndOfStream: false) == content.Length
                && there.AsSpan(0, content.Length).SequenceEqual(content);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return false;
        }
    }

    static bool IsText(string contentType) => contentType.EndsWith("json", StringComparison.Ordinal)
        || contentType is "application/x-pem-file" or "application/jose" or "application/cms-text";

    /// <summary>Written beside its place and moved there, so that a reader never sees half of it.</summary>
    static void Move(string path, byte[] content)
    {
        var temporary = path + Temporary;
        // A killed round may have left one; through a link that somebody put there we would write elsewhere.
        File.Delete(temporary);
        using (var stream = new FileStream(temporary, FileMode.CreateNew))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    static byte[] Compress(byte[] content, Func<Stream, Stream> with)
    {
        using var compressed = new MemoryStream();
        using (var stream = with(compressed))
        {
            stream.Write(content);
        }
        return compressed.ToArray();
    }
}

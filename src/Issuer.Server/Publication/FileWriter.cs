using System.IO.Compression;
using Issuer.Core.Publication;

namespace Issuer.Server.Publication;

/// <summary>
/// Publications on disk: each file appears whole, in the order given, and an unchanged one is not touched. What
/// compresses well lies there compressed too (<c>.br</c>, <c>.gz</c>), made once, for a server to send as it is.
/// </summary>
static class FileWriter
{
    public const string Brotli = ".br";
    public const string Gzip = ".gz";

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

    public static void Write(string directory, PublishedFile file)
    {
        var path = Path.Combine(directory, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Bytes))
        {
            return;
        }
        // Whoever takes compressed files finds none rather than one of older content.
        File.Delete(path + Brotli);
        File.Delete(path + Gzip);
        Move(path, file.Bytes);
        if (IsText(file.ContentType) && file.Bytes.Length > WorthCompressing)
        {
            Move(path + Brotli, Compress(file.Bytes, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
            Move(path + Gzip, Compress(file.Bytes, to => new GZipStream(to, CompressionLevel.SmallestSize)));
        }
    }

    static bool IsText(string contentType) => contentType.EndsWith("json", StringComparison.Ordinal)
        || contentType is "application/x-pem-file" or "application/jose" or "application/cms-text";

    /// <summary>Written beside its place and moved there, so that a reader never sees half of it.</summary>
    static void Move(string path, byte[] content)
    {
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create))
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

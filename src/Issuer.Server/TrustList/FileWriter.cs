using Issuer.Core.TrustLists;

namespace Issuer.Server.TrustList;

/// <summary>
/// Publications on disk: each file appears whole, in the order given, and an unchanged one is not touched.
/// </summary>
static class FileWriter
{
    /// <summary>Null when there is no such file.</summary>
    public static byte[]? Read(string directory, string path) =>
        Path.Combine(directory, path) is var full && File.Exists(full) ? File.ReadAllBytes(full) : null;

    public static void Write(string directory, IEnumerable<PublishedFile> files)
    {
        foreach (var file in files)
        {
            Write(Path.Combine(directory, file.Path), file.Bytes);
        }
    }

    /// <summary>Written beside its place and moved there, so that a reader never sees half of it.</summary>
    static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            return;
        }
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }
}

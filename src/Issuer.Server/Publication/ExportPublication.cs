using System.Text;
using Issuer.Core.Publication;
using Issuer.Core.TrustLists;
using Issuer.Storage;

namespace Issuer.Server.Publication;

/// <summary>
/// Brings a folder to the state of the latest publication. The bytes come from the store, so every instance's folder
/// and every copy is the same; the manifest comes last, so what it names is there.
/// </summary>
static class ExportPublication
{
    /// <summary>What no manifest names any more stays for those who still hold an older one.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    const string RevocationFolder = "revocation";

    public static async Task RunAsync(
        Store store, KeptPublication publication, string directory, CancellationToken cancel)
    {
        var manifest = Encoding.ASCII.GetBytes(publication.Text);
        if (FileWriter.Read(directory, Manifest.Path) is { } there && there.AsSpan().SequenceEqual(manifest))
        {
            return;
        }
        var paths = await store.Publications.PathsAsync(cancel);
        foreach (var path in paths)
        {
            if (await store.Publications.FileAsync(path, cancel) is { } file)
            {
                FileWriter.Write(directory, file);
            }
        }
        FileWriter.Write(directory, new PublishedFile(Manifest.Path, manifest, "application/jose"));
        RemoveForgotten(directory, paths, publication.Issued);
    }

    /// <summary>Only in the folder that is ours alone, and foreign DSCs, which others change as they please.</summary>
    static void RemoveForgotten(string directory, IReadOnlyList<string> paths, DateTimeOffset now)
    {
        var foreign = Path.Combine(directory, TrustListFiles.ForeignPath("*"));
        var folder = Path.Combine(directory, RevocationFolder);
        var named = paths.Select(path => Path.GetFullPath(Path.Combine(directory, path))).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.GetDirectoryName(foreign)!, Path.GetFileName(foreign) + "*"))
            .Where(file => !named.Contains(Path.GetFullPath(WithoutCompression(file)))
                && File.GetLastWriteTimeUtc(file) < now - Kept))
        {
            File.Delete(file);
        }
    }

    static string WithoutCompression(string file) =>
        Path.GetExtension(file) is FileWriter.Brotli or FileWriter.Gzip ? Path.ChangeExtension(file, null) : file;
}

using System.Text;
using Issuer.Core.Publication;
using Issuer.Server.Hosting;
using Issuer.Verification.Publication;

namespace Issuer.Server.Features.Publication;

/// <summary>
/// Brings a folder to the state of the latest publication. The bytes come from the store, so every instance's folder
/// and every copy is the same; the manifest comes last, so what it names is there.
/// </summary>
static class ExportPublication
{
    /// <summary>What no manifest names any more stays for those who still hold an older one.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <summary>
    /// What is ours alone there, and grows with every publication, or whenever others change their DSCs.
    /// </summary>
    static readonly (string Folder, string Files)[] Growing =
        [("revocation", "*"), ("distribution", "*"), ("trust-list", "foreign-*")];

    /// <summary>Links lead out of what is ours.</summary>
    static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint,
    };

    public static async Task RunAsync(
        IPublicationStore store, KeptPublication publication, string directory, CancellationToken cancel)
    {
        var manifest = Encoding.ASCII.GetBytes(publication.Text);
        var there = FileWriter.Read(directory, Manifest.Path);
        var paths = await store.PathsAsync(cancel);
        if (there.AsSpan().SequenceEqual(manifest) && IsUntouched(directory, publication, paths))
        {
            return;
        }
        foreach (var path in paths)
        {
            if (await store.FileAsync(path, cancel) is { } file)
            {
                FileWriter.Write(directory, file);
            }
        }
        var named = paths.Select(path => Path.GetFullPath(Path.Combine(directory, path))).ToHashSet();
        StartGrace(directory, there, named);
        FileWriter.Write(directory, new PublishedFile(Manifest.Path, manifest, "application/jose"));
        // It is the youngest again after a repair, too, even where the disk's clock is ahead: IsUntouched goes by that.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var youngest = named.SelectMany(Forms).Where(File.Exists).Max(File.GetLastWriteTimeUtc);
        foreach (var form in Forms(Path.Combine(directory, Manifest.Path)).Where(File.Exists))
        {
            File.SetLastWriteTimeUtc(form, youngest > now ? youngest : now);
        }
        RemoveForgotten(directory, named, now);
    }

    /// <summary>
    /// Whether all files are there, as long as they should be and none younger than the manifest. It is asked every few
    /// seconds, so nothing is read; whoever changes a file and its time too is found out by the next publication.
    /// </summary>
    static bool IsUntouched(string directory, KeptPublication publication, IReadOnlyList<string> paths)
    {
        var since = File.GetLastWriteTimeUtc(Path.Combine(directory, Manifest.Path));
        var sizes = ReadManifest.Unverified(publication.Text)?.Files.ToDictionary(file => file.Path, file => file.Size);
        return paths.All(path =>
        {
            var full = Path.Combine(directory, path);
            return new FileInfo(full) is { Exists: true, LinkTarget: null } file
                && (sizes is null || !sizes.TryGetValue(path, out var size) || file.Length == size)
                && Forms(full).All(form => !File.Exists(form) || File.GetLastWriteTimeUtc(form) <= since);
        });
    }

    static string[] Forms(string path) => [path, path + FileWriter.Brotli, path + FileWriter.Gzip];

    /// <summary>The time of a file that is named no more is from now on that of its leaving.</summary>
    static void StartGrace(string directory, byte[]? before, HashSet<string> named)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var there = before is null ? null : ReadManifest.Unverified(Encoding.ASCII.GetString(before));
        foreach (var file in there?.Files ?? [])
        {
            var full = Path.GetFullPath(Path.Combine(directory, file.Path));
            if (!named.Contains(full) && new FileInfo(full) is { Exists: true, LinkTarget: null })
            {
                File.SetLastWriteTimeUtc(full, now);
            }
        }
    }

    static void RemoveForgotten(string directory, HashSet<string> named, DateTime now)
    {
        foreach (var file in Growing
            .Select(one => (Folder: new DirectoryInfo(Path.Combine(directory, one.Folder)), one.Files))
            .Where(one => one.Folder is { Exists: true, LinkTarget: null })
            .SelectMany(one => Directory.EnumerateFiles(one.Folder.FullName, one.Files, WithoutLinks))
            .Where(file => !named.Contains(Path.GetFullPath(WithoutCompression(file)))
                && File.GetLastWriteTimeUtc(file) < now - Kept))
        {
            File.Delete(file);
        }
    }

    static string WithoutCompression(string file) =>
        Path.GetExtension(file) is FileWriter.Brotli or FileWriter.Gzip ? Path.ChangeExtension(file, null) : file;
}

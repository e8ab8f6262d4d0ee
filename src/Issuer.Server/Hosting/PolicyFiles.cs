using Issuer.Core;
using Issuer.Core.Policies;

namespace Issuer.Server.Hosting;

/// <summary>
/// Policy files of before in the data directory. What a store with certificates was found to have holds by its digest
/// until two people import it (<see cref="ImportPolicies.NoteFilesAsync"/>); any other file counts for nothing.
/// </summary>
static class PolicyFiles
{
    /// <summary>When a program that writes starts: a noted file must be what it was, or gone.</summary>
    /// <exception cref="RefusedException">One of them has changed since, or cannot be read at all.</exception>
    public static async Task TakeNoteAsync(
        IPolicyStore store, string dataDirectory, Act act, CancellationToken cancel)
    {
        var files = Present(dataDirectory);
        RefusedException.ThrowIf(await new ImportPolicies(store).NoteFilesAsync(files, act, cancel));
        var book = await store.ReadAsync(cancel);
        foreach (var (name, bytes) in files)
        {
            RefusedException.ThrowIf(FoundPolicyFile.Check(book, name, bytes));
        }
    }

    /// <summary>What an operator should know of the files that are there, a line each.</summary>
    public static IEnumerable<string> Remarks(PolicyBook book, string dataDirectory)
    {
        foreach (var (name, bytes) in Present(dataDirectory))
        {
            if (FoundPolicyFile.IsIdle(book, name))
            {
                yield return $"{name} counts for nothing: policies are imported (issuer policy import FILE)";
            }
            else if (FoundPolicyFile.Check(book, name, bytes) is { } why)
            {
                yield return why.Detail;
            }
        }
        foreach (var found in Found(book))
        {
            yield return $"the {found.Document.Kind.Name} policy was found in a file and holds as it is (sha256 "
                + $"{Convert.ToHexStringLower(found.FileDigest!)}) until two people import it: "
                + $"issuer policy import --found; it says {found.Document.Text}";
        }
    }

    /// <summary>What holds by a file's digest and waits for two people.</summary>
    public static IEnumerable<PolicyVersion> Found(PolicyBook book) => PolicyKinds.All
        .Select(kind => book.VersionsOf(kind)[^1]).Where(latest => latest.Origin == PolicyOrigin.Found);

    /// <summary>Files by the old names, as they are now.</summary>
    static Dictionary<string, byte[]> Present(string dataDirectory) => FoundPolicyFile.Names
        .Where(name => File.Exists(Path.Combine(dataDirectory, name)))
        .ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(dataDirectory, name)));
}

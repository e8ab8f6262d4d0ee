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

    /// <summary>Files by the old names, as they are now.</summary>
    public static IReadOnlyDictionary<string, byte[]> Present(string dataDirectory) => FoundPolicyFile.Names
        .Where(name => File.Exists(Path.Combine(dataDirectory, name)))
        .ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(dataDirectory, name)));
}

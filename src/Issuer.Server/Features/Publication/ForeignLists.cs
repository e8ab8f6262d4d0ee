using Issuer.Core.Publication;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Publication;

/// <summary>
/// What of the others' lists stays as it was though the rest is published: health says so. Holds nothing personal.
/// </summary>
sealed class HeldLists
{
    /// <summary>Null: they are those of now.</summary>
    public string? Dscs { get; set; }

    /// <summary>The same of their revocations, which are looked at in each round of lists.</summary>
    public string? Revocations { get; set; }

    public IEnumerable<string> Why => new[] { Dscs, Revocations }.OfType<string>();
}

/// <summary>Step 12 for what others revoked: the store's foreign batches as files beside our own lists.</summary>
static class ForeignLists
{
    /// <param name="lists">Ours, to which they are added.</param>
    /// <param name="paths">Of the publication before.</param>
    public static async Task<FileSet> AddToAsync(
        FileSet lists, Workplace place, IReadOnlyList<string> paths, DateTimeOffset now, CancellationToken cancel)
    {
        List<PublishedFile> before = [];
        foreach (var path in paths.Where(ForeignRevocations.IsFile))
        {
            before.Add((await place.Store.Publications.FileAsync(path, cancel))!);
        }
        var (foreign, held) = BuildForeignRevocations.From(
            await place.Store.Gateway.BatchesAsync(cancel), place.Policy.Country, before, now);
        place.Held.Revocations = held.Count > 0 ? string.Join("; ", held) : null;
        return new FileSet([.. lists.Changed, .. foreign.Changed], [.. lists.Kept, .. foreign.Kept]);
    }
}

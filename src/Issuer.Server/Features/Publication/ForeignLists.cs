using Issuer.Core.Publication;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Gateway;
using Issuer.Verification.Publication;

namespace Issuer.Server.Features.Publication;

/// <summary>Step 12 for what others revoked: the store's foreign batches as files beside our own lists.</summary>
sealed class ForeignLists(
    IPublicationStore publications, GatewayStore gateway, PoliciesNow policies, HeldLists heldLists)
{
    /// <param name="lists">Ours, to which they are added.</param>
    /// <param name="paths">Of the publication before.</param>
    public async Task<FileSet> AddToAsync(
        FileSet lists, IReadOnlyList<string> paths, DateTimeOffset now, CancellationToken cancel)
    {
        List<PublishedFile> before = [];
        foreach (var path in paths.Where(ForeignRevocations.IsFile))
        {
            before.Add((await publications.FileAsync(path, cancel))!);
        }
        var (foreign, held) = BuildForeignRevocations.From(
            await gateway.BatchesAsync(cancel), policies.Certification.Country, before, now);
        heldLists.Revocations = held.Count > 0 ? string.Join("; ", held) : null;
        return new FileSet([.. lists.Changed, .. foreign.Changed], [.. lists.Kept, .. foreign.Kept]);
    }
}

using Issuer.Verification.Publication;

namespace Issuer.Core.Publication;

/// <summary>One publication as it is kept.</summary>
/// <param name="Text">The signed manifest.</param>
public sealed record KeptPublication(long Sequence, DateTimeOffset Issued, DateTimeOffset Next, string Text);

/// <summary>The publications, the source of every copy on disk.</summary>
public interface IPublicationStore
{
    /// <summary>Null: nothing has been published yet.</summary>
    Task<KeptPublication?> LatestAsync(CancellationToken cancel);

    /// <summary>Whether this store made that manifest, now or long ago.</summary>
    Task<bool> IsOursAsync(long sequence, string text, CancellationToken cancel);

    /// <summary>The paths of the latest publication, ordinal.</summary>
    Task<IReadOnlyList<string>> PathsAsync(CancellationToken cancel);

    /// <summary>A file of the latest publication; null when it has none of that path.</summary>
    Task<PublishedFile?> FileAsync(string path, CancellationToken cancel);

    /// <summary>
    /// One transaction, durable when it returns: the manifest with all files it names. Files that are there already
    /// with the same bytes stay, those it does not name end.
    /// </summary>
    /// <param name="changed">New files and those with new content; what is in neither list ends.</param>
    /// <param name="kept">Paths that stay as they are.</param>
    /// <returns>False when somebody else took the sequence number: nothing was stored.</returns>
    Task<bool> CommitAsync(
        KeptPublication publication, IReadOnlyList<PublishedFile> changed, IReadOnlyCollection<string> kept,
        CancellationToken cancel);

    /// <summary>Lets <paramref name="read"/> look at one moment of the store.</summary>
    /// <param name="at">What counts as expired, in force, ended.</param>
    Task<T> SnapshotAsync<T>(DateTimeOffset at, Func<IListSource, Task<T>> read, CancellationToken cancel);
}

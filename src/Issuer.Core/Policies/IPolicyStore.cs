namespace Issuer.Core.Policies;

/// <summary>Policies as versions. Safe to call concurrently; durable when it returns.</summary>
public interface IPolicyStore
{
    /// <summary>
    /// All of them, of one moment. Kinds that this program does not know are left out: a newer program's.
    /// </summary>
    /// <exception cref="InvalidDataException">A known kind cannot be read: nothing may be decided then.</exception>
    Task<PolicyBook> ReadAsync(CancellationToken cancel);

    /// <summary>
    /// The next version of its kind, by one person: for Development. Elsewhere it takes
    /// <see cref="Approvals.ImportPolicy"/>.
    /// </summary>
    Task<Result<PolicyVersion>> ImportAsync(PolicyDocument document, Act act, CancellationToken cancel);

    /// <summary>
    /// Notes what was found in files beside the store, once in its life and only when it has certificates already: from
    /// then on files count for nothing else. Refused, and nothing noted, when one of them cannot be read.
    /// </summary>
    /// <param name="files">Their bytes by name.</param>
    Task<Rejection?> NoteFilesAsync(
        IReadOnlyDictionary<string, byte[]> files, Act act, CancellationToken cancel);
}

using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Core.Publication;

/// <summary>
/// What the lists are made of: one moment of the store, which writers do not change while it is read. In force at that
/// moment are revocations that took effect and were not undone, and suspensions that have not ended. Certificates of a
/// withdrawn DSC are not there.
/// </summary>
public interface IListSource
{
    /// <summary>Every certificate to be refused that expires after a moment, by slot.</summary>
    IAsyncEnumerable<ListedCertificate> RefusedAsync(DateTimeOffset expiringAfter, CancellationToken cancel);

    /// <summary>Those of them that were declared for one of these reasons and took effect after a moment.</summary>
    Task<IReadOnlyList<ListedCertificate>> DeclaredAsync(
        IReadOnlyCollection<RevocationReason> reasons, DateTimeOffset since, CancellationToken cancel);

    /// <summary>
    /// The certificates of these slots that have not expired, read as <see cref="UnexpiredAsync"/> reads all.
    /// </summary>
    Task<IReadOnlyList<UnexpiredCertificate>> AskAboutAsync(IReadOnlyList<Slot> slots, CancellationToken cancel);

    /// <summary>
    /// Every certificate that has not expired, by slot, with whether it is to be refused: read the other way round than
    /// <see cref="RefusedAsync"/>, so that the one proves the other.
    /// </summary>
    IAsyncEnumerable<UnexpiredCertificate> UnexpiredAsync(CancellationToken cancel);

    /// <summary>What became of slots that left the list, and how many certificates have gone since.</summary>
    Task<Explanations> ExplainAsync(IReadOnlyList<Slot> removed, DateTimeOffset since, CancellationToken cancel);

    /// <summary>
    /// Whose revocation was undone, suspension ended or DSC withdrawn, and that expire after a moment.
    /// </summary>
    Task<IReadOnlySet<RevocationHash>> UndoneAsync(DateTimeOffset expiringAfter, CancellationToken cancel);
}

/// <summary>A certificate as verifiers of every format look it up, and whether they are to refuse it.</summary>
public readonly record struct UnexpiredCertificate(Slot Slot, Kid Kid, RevocationHash Hash, bool IsRefused);

/// <summary>A certificate that verifiers refuse.</summary>
/// <param name="IsSuspended">It may come back.</param>
public sealed record ListedCertificate(
    Slot Slot, Kid Kid, RevocationHash Hash, DateTimeOffset ExpiresAt, bool IsSuspended);

using Issuer.Hcert;

namespace Issuer.Core.Revocation;

/// <summary>A completed certificate, as revoking it needs to know it.</summary>
/// <param name="Random">The random part of its UVCI.</param>
/// <param name="Standing">What stands against it; null: nothing.</param>
/// <param name="IsHead">Its lineage is open and names it as the current one.</param>
public sealed record RevocableCertificate(
    Slot Slot, long LineageId, byte[] Random, DateTimeOffset ExpiresAt, DeclaredRevocation? Standing, bool IsHead);

/// <summary>
/// Certificates and lineages as step 12 reads and writes them, for one or for many at once: each call is one
/// statement over its whole list. Certificates are named by slot, lineages by id; an empty list does nothing.
/// </summary>
public interface IRevocationTransaction : IAuditRows, IDailyUse
{
    /// <param name="document">Its holder's; null: anybody's.</param>
    /// <returns>Null: there is none, or it has no signature yet.</returns>
    Task<RevocableCertificate?> FindAsync(Slot slot, string? document);

    /// <summary>
    /// How many certificates of the lineage were declared so after this moment, whatever became of it since.
    /// </summary>
    Task<long> CountDeclaredAsync(long lineage, RevocationReason reason, DateTimeOffset since);

    Task<IReadOnlyList<long>> LineagesOfAsync(IReadOnlyCollection<long> slots);

    /// <summary>Every certificate of these lineages that expires after the moment.</summary>
    Task<IReadOnlyList<long>> UnexpiredOfAsync(IReadOnlyCollection<long> lineages, DateTimeOffset now);

    /// <summary>
    /// One declaration stands for a certificate at a time. A stricter one takes the milder one's place (a suspension,
    /// which then gets no grace, or a grace that still runs); the audit trail, which this writes, keeps both.
    /// </summary>
    /// <returns>
    /// The certificates that it changed anything for: not the expired, nor those it stood for already.
    /// </returns>
    Task<IReadOnlyList<long>> DeclareAsync(IReadOnlyCollection<long> slots, Declaration declared);

    /// <summary>
    /// Nothing follows in these lineages any more: what waits for its signature never becomes current. The head stays
    /// named, so that undoing brings it back. What was being decided about their persons is decided anew, and sees it.
    /// </summary>
    Task CloseAsync(IReadOnlyCollection<long> lineages);

    /// <summary>No regeneration before this moment; what was due until then is made up.</summary>
    Task PauseAsync(long lineage, DateTimeOffset until);

    /// <summary>Successors with the same content are due now for those of the leaked that are current.</summary>
    /// <returns>How many lineages that are.</returns>
    Task<int> ReplaceLeakedAsync(IReadOnlyCollection<long> slots, DateTimeOffset now);
}

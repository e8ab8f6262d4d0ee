using System.Runtime.CompilerServices;
using Dapper;
using Issuer.Core.Certificates;
using Issuer.Hcert;

namespace Issuer.Storage.Revocation;

/// <summary>A certificate that lists must name.</summary>
/// <param name="RevocationHash">Of its signature; what the hash lists are keyed on.</param>
/// <param name="IsSuspended">It leaves the lists again by itself.</param>
public sealed record ListedCertificate(
    Slot Slot, string Kid, byte[] RevocationHash, DateTimeOffset ExpiresAt, DateTimeOffset EffectiveAt, bool IsSuspended);

/// <summary>
/// The only source of published revocation lists. Everything is streamed in order of slots, page by page, never held;
/// what is declared while a list is being read is on it or on the next one.
/// </summary>
public sealed class RevocationLists(Database database)
{
    const int Page = 20_000;

    /// <summary>
    /// Every unexpired certificate against which a revocation or suspension is in effect, once, by slot. Not there: what
    /// is still in its grace, what was undone, and whatever a withdrawn DSC signed (it has left the trust list).
    /// </summary>
    public async IAsyncEnumerable<ListedCertificate> ListedAsync(
        DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancel)
    {
        long after = -1;
        while (await database.ReadAsync(
            async connection => (await connection.QueryAsync<Row>(
                """
                select c.slot, c.kid, c.revocation_hash, c.expires_at, v.effective_at, v.suspended_until
                from revocation v join certificate c on c.slot = v.slot
                where v.undone_at is null and v.slot > @after and v.effective_at <= @at
                  and (v.suspended_until is null or v.suspended_until > @at) and c.expires_at > @at
                  and not exists (select 1 from dsc_withdrawal w where w.kid = c.kid)
                order by v.slot limit @Page
                """,
                new { after, at = at.ToUnixTimeSeconds(), Page })).AsList(),
            cancel) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                yield return row.ToListed();
            }
            after = rows[^1].Slot;
        }
    }

    /// <summary>The shards that hold certificates.</summary>
    public Task<IReadOnlyList<long>> ShardsAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<long>>(
            async connection => (await connection.QueryAsync<long>("select number from shard order by number")).AsList(),
            cancel);

    /// <summary>Every unexpired certificate of a shard, revoked or not, by slot: who must not be hit by a filter.</summary>
    public async IAsyncEnumerable<Slot> UnexpiredAsync(
        long shard, DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (after, end) = ((shard << ShardOrder.Bits) - 1, (shard + 1) << ShardOrder.Bits);
        while (await database.ReadAsync(
            async connection => (await connection.QueryAsync<long>(
                """
                select slot from certificate
                where slot > @after and slot < @end and signature is not null and expires_at > @at
                order by slot limit @Page
                """,
                new { after, end, at = at.ToUnixTimeSeconds(), Page })).AsList(),
            cancel) is { Count: > 0 } slots)
        {
            foreach (var slot in slots)
            {
                yield return new Slot(slot);
            }
            after = slots[^1];
        }
    }

    /// <summary>
    /// Why a list may have shrunk since it was last made: revocations undone while they were in effect. Expired
    /// certificates and ended suspensions come on top, and are told by their own times.
    /// </summary>
    public Task<long> UndoneSinceAsync(DateTimeOffset since, CancellationToken cancel) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(
            "select count(*) from revocation where undone_at >= @since and effective_at <= undone_at",
            new { since = since.ToUnixTimeSeconds() }),
        cancel);

    sealed record Row(
        long Slot, string Kid, byte[] RevocationHash, long ExpiresAt, long EffectiveAt, long? SuspendedUntil)
    {
        public ListedCertificate ToListed() => new(
            new Slot(Slot), Kid, RevocationHash, DateTimeOffset.FromUnixTimeSeconds(ExpiresAt),
            DateTimeOffset.FromUnixTimeSeconds(EffectiveAt), SuspendedUntil is not null);
    }
}

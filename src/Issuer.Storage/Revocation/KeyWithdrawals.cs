using Issuer.Core.Certificates;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>Withdrawn DSCs whose honest holders still wait for their successors to become due.</summary>
public sealed class KeyWithdrawals(Database database)
{
    /// <summary>The next few lineages, from where the last step ended; false: nobody waits.</summary>
    /// <param name="cause">What their successors come for.</param>
    public Task<bool> StepAsync(
        SuccessionCause cause, DateTimeOffset now, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            var waiting = await session.QueryAsync<(string Kid, long EnqueuedTo)>(
                "select kid, enqueued_to from dsc_withdrawal where enqueued_to is not null order by kid limit 1");
            if (waiting.Count == 0)
            {
                return false;
            }
            var (kid, after) = waiting[0];
            var heads = await session.QueryAsync<(long Lineage, long Slot)>(
                $"""
                select l.id, c.slot from lineage l join certificate c on c.slot = l.current_slot
                where {IsOpen("l")} and l.id > @after and c.kid = @kid order by l.id limit {database.ListSize}
                """,
                new { kid, after });
            await LineageRows.EnqueueAsync(session, [.. heads.Select(h => h.Slot)], cause, now);
            await session.ExecuteAsync(
                "update dsc_withdrawal set enqueued_to = @to where kid = @kid",
                new { kid, to = heads.Count == 0 ? (long?)null : heads[^1].Lineage });
            return true;
        },
        cancel);
}

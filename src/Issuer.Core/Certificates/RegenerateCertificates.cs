using System.Runtime.CompilerServices;

namespace Issuer.Core.Certificates;

/// <summary>What one round did.</summary>
/// <param name="Due">Looked at; what was resumed comes on top.</param>
/// <param name="Refused">Their certificates live out their time; why is kept with the lineage.</param>
/// <param name="Outdated">Entitled to something else by now: left to issuing.</param>
/// <param name="Waiting">Left due: their successor would not live longer than what they have.</param>
/// <param name="Stopped">Why some or all were left due (no DSC outlives exp), or null.</param>
public sealed record RegenerateCounts(
    long Due, long Regenerated, long Refused, long Resumed, long Abandoned, long Outdated, long Waiting,
    IReadOnlyList<string> LintFaults, Rejection? Stopped);

/// <summary>
/// Step 11: successors with the same content for every lineage whose moment has come, what expires first at the front;
/// then steps 6 to 9 again. Kill it anywhere and the next round ends what was reserved.
/// </summary>
/// <param name="random">Fills the random part of UVCIs; cryptographic outside tests.</param>
/// <param name="workers">Batches under way at once.</param>
public sealed class RegenerateCertificates(
    ILineageStore lineages, ICertificateStore store, ICertificateSigner signer, TimeProvider clock,
    Action<byte[]> random, int workers)
{
    const int BatchSize = 512;

    /// <summary>Listed at once: ids only, since the front of the queue is found by sorting it.</summary>
    const int PageSize = 50_000;

    readonly CompleteCertificates completing = new(store, signer, clock);

    /// <summary>One at a time on a store: the caller holds the job's lock.</summary>
    /// <param name="contextAt">The policies and DSCs in force at a moment.</param>
    /// <param name="limit">Of lineages looked at, so that issuing has its turn; null: all that are due.</param>
    public async Task<RegenerateCounts> RunAsync(
        Func<DateTimeOffset, PreparationContext> contextAt, string actor, long? limit, CancellationToken cancel)
    {
        var resumed = await completing.ResumeAsync(contextAt, actor, cancel);
        var round = new RegenerationRound(contextAt, actor);
        await Parallel.ForEachAsync(
            DueAsync(round, limit ?? long.MaxValue, cancel),
            new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel },
            async (ids, token) => await RegenerateAsync(ids, round, token));
        return round.Counts(resumed);
    }

    /// <summary>
    /// The successor of one lineage now, if one is due: for what cannot wait for the next round. Beside a round, or
    /// many times at once, there is one successor: the others find it there.
    /// </summary>
    public async Task<RegenerateCounts> RunOneAsync(
        long lineage, Func<DateTimeOffset, PreparationContext> contextAt, string actor, CancellationToken cancel)
    {
        var round = new RegenerationRound(contextAt, actor);
        if (await RegenerateAsync([lineage], round, cancel) > 0)
        {
            return round.Counts(ResumedIntents.None);
        }
        // Somebody is at it, or was killed: signing the same stored bytes ends it, and one of us completes it.
        var open = await lineages.OpenIntentsAsync(lineage, cancel);
        return round.Counts(
            await completing.ResumeAsync(open, contextAt(clock.GetUtcNow()), actor, cancel));
    }

    async IAsyncEnumerable<IReadOnlyList<long>> DueAsync(
        RegenerationRound round, long limit, [EnumeratorCancellation] CancellationToken cancel)
    {
        LineageCursor? last = null;
        while (limit > 0)
        {
            var page = await lineages.DueAsync(
                clock.GetUtcNow(), last, (int)Math.Min(PageSize, limit), cancel);
            foreach (var batch in page.Chunk(BatchSize))
            {
                if (round.HasEnded)
                {
                    yield break;
                }
                yield return [.. batch.Select(due => due.LineageId)];
            }
            if (page.Count == 0)
            {
                yield break;
            }
            (last, limit) = (page[^1], limit - page.Count);
        }
    }

    async Task<int> RegenerateAsync(IReadOnlyList<long> ids, RegenerationRound round, CancellationToken cancel)
    {
        var context = round.ContextAt(clock.GetUtcNow());
        var act = new Act(round.Actor, context.Now);
        var due = await lineages.ReadAsync(ids, context.Now, cancel);
        var preparing = new PreparationBatch(store, context, random, ids.Count);
        var batch = new RegenerationBatch(round);
        foreach (var lineage in due)
        {
            await PrepareAsync(lineage, preparing, batch, context, cancel);
        }
        var reserved = ReservedCertificate.Of(
            batch.Prepared,
            await lineages.ReserveAsync(batch.Prepared, batch.Refused, batch.Outdated, act, cancel));
        var regenerated = await completing.RunAsync(reserved, context, act, cancel);
        round.Count(due.Count, regenerated, batch);
        return regenerated;
    }

    static async Task PrepareAsync(
        DueLineage due, PreparationBatch preparing, RegenerationBatch batch, PreparationContext context,
        CancellationToken cancel)
    {
        var decision = DecideRegeneration.Decide(due.Subject, context.Policy);
        if (decision.IsOutdated)
        {
            batch.Outdated.Add(due.Subject.Id);
            return;
        }
        if (decision.Entitlement is not { } entitlement)
        {
            batch.Refuse(due, decision.Refusals);
            return;
        }
        if (due.Cause == SuccessionCause.Regenerated
            && !preparing.DscFor(entitlement).IsRefused(out _, out var choice) && choice.ExpiresAt <= due.ExpiresAt)
        {
            // Only shortened certificates are to be had, and this is one: it waits for the new DSC.
            batch.Waiting++;
            return;
        }
        var preparation = await preparing.PrepareAsync(due.Subject, entitlement, due.Cause, cancel);
        if (preparation.NoDsc is { } why)
        {
            batch.Stop(why, preparing.IsForAll(entitlement));
        }
        else if (preparation.Certificate is { } certificate)
        {
            batch.Prepared.Add(certificate);
        }
        else
        {
            batch.RefuseForLint(due, preparation.LintFaults);
        }
    }
}

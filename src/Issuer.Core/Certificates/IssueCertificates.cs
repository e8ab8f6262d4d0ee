namespace Issuer.Core.Certificates;

/// <summary>What one round did.</summary>
/// <param name="Resumed">Of the issued, those whose intent an earlier round had left open.</param>
/// <param name="Refused">People without a certificate, by reason; a person may have several.</param>
/// <param name="LintFaults">The first few, for the operator: they are faults of the service, not of a record.</param>
/// <param name="Stopped">Why some or all were left due (no DSC outlives exp), or null.</param>
public sealed record IssueCounts(
    long Decided, long Issued, long Resumed, long Unchanged, long Abandoned,
    IReadOnlyDictionary<DecisionReason, long> Refused, IReadOnlyList<string> LintFaults, Rejection? Stopped);

/// <summary>
/// Steps 5 to 9 for everybody who is due, in batches: decide, prepare, reserve, sign, check, complete. Kill it anywhere
/// and the next round ends what was reserved.
/// </summary>
/// <param name="random">Fills the random part of UVCIs; cryptographic outside tests.</param>
/// <param name="workers">Batches under way at once.</param>
public sealed class IssueCertificates(
    ICertificateStore store, ICertificateSigner signer, TimeProvider clock, Action<byte[]> random, int workers)
{
    const int BatchSize = 512;

    readonly CompleteCertificates completing = new(store, signer, clock);

    /// <summary>One at a time on a store: the caller holds the job's lock.</summary>
    /// <param name="contextAt">The policies and DSCs in force at a moment.</param>
    public async Task<IssueCounts> RunAsync(
        Func<DateTimeOffset, PreparationContext> contextAt, string actor, IProgress<long>? progress,
        CancellationToken cancel)
    {
        var round = new IssuingRound(contextAt, actor, progress);
        var resumed = await completing.ResumeAsync(contextAt, actor, cancel);
        round.Report(resumed.Faults);
        round.Count(resumed);
        using var claiming = new SemaphoreSlim(1, 1);
        long last = 0;

        async Task WorkAsync()
        {
            while (!round.HasEnded)
            {
                IReadOnlyList<DueSubject> batch;
                await claiming.WaitAsync(cancel);
                try
                {
                    batch = await store.ClaimDueAsync(last, BatchSize, cancel);
                    last = batch.Count > 0 ? batch[^1].Id : last;
                }
                finally
                {
                    claiming.Release();
                }
                if (batch.Count == 0)
                {
                    return;
                }
                await IssueAsync(batch, round, cancel);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync, cancel)));
        return round.Counts();
    }

    async Task IssueAsync(IReadOnlyList<DueSubject> batch, IssuingRound round, CancellationToken cancel)
    {
        var context = round.ContextAt(clock.GetUtcNow());
        var act = new Act(round.Actor, context.Now);
        var (prepared, settled) = await PrepareAsync(
            [.. batch.Select(s => s.At(context.Now))], context, act, round, cancel);
        var reserved = ReservedCertificate.Of(prepared, await store.ReserveAsync(prepared, settled, act, cancel));
        var issued = await completing.RunAsync(reserved, context, act, cancel);
        round.Count(batch.Count, issued, settled);
    }

    /// <summary>Steps 5 and 6.</summary>
    async Task<(List<PreparedCertificate>, List<SettledSubject>)> PrepareAsync(
        IReadOnlyList<DueSubject> batch, PreparationContext context, Act act, IssuingRound round,
        CancellationToken cancel)
    {
        var prepared = new List<PreparedCertificate>(batch.Count);
        var settled = new List<SettledSubject>();
        var preparing = new PreparationBatch(store, context, random, batch.Count);
        var decisions = batch.Select(s => DecideCourse.Decide(s.Doses, context.Policy)).ToList();
        await store.AskAsync(
            [.. batch.Zip(decisions, (s, decision) => new AskedSubject(s.Id, decision.Questions))], act, cancel);
        foreach (var (subject, decision) in batch.Zip(decisions))
        {
            if (decision.Entitlement is not { } entitlement)
            {
                settled.Add(new SettledSubject(subject.Id, subject.Revision, decision.Refusals)
                {
                    Ends = SuccessionRule.OfRefused(decision.Refusals, act),
                });
                continue;
            }
            var digest = PrepareCertificates.ContentDigest(subject, entitlement, context.Policy);
            if (subject.Lineage?.Says(digest, context.Now) == true)
            {
                settled.Add(new SettledSubject(
                    subject.Id, subject.Revision, [], subject.Lineage.Revocation is null ? null : subject.Lineage.Id));
                continue;
            }
            if (SuccessionRule.StaysMeanwhile(subject, decision, context.Policy))
            {
                settled.Add(new SettledSubject(subject.Id, subject.Revision, []));
                continue;
            }
            if (subject.RevokedContent is { } revoked && digest.AsSpan().SequenceEqual(revoked))
            {
                settled.Add(new SettledSubject(subject.Id, subject.Revision, [new Refusal(DecisionReason.Revoked)]));
                continue;
            }
            var cause = PrepareCertificates.CauseOf(subject.Lineage, entitlement);
            var preparation = await preparing.PrepareAsync(subject, entitlement, cause, cancel);
            if (preparation.NoDsc is { } why)
            {
                // Nobody is refused for a missing DSC: they stay due until there is one. One that a facility lacks
                // stops that facility's certificates; everybody else's go on.
                round.Stop(why, preparing.IsForAll(entitlement));
            }
            else if (preparation.Certificate is { } certificate)
            {
                prepared.Add(certificate);
            }
            else
            {
                round.Report(preparation.LintFaults);
                settled.Add(new SettledSubject(subject.Id, subject.Revision, [new Refusal(DecisionReason.LintFailed)]));
            }
        }
        return (prepared, settled);
    }
}

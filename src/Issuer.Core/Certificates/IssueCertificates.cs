using System.Collections.Concurrent;
using System.Security.Cryptography;
using Issuer.Hcert;

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

    /// <summary>One at a time on a store: the caller holds the job's lock.</summary>
    /// <param name="contextAt">The policies and DSCs in force at a moment.</param>
    public async Task<IssueCounts> RunAsync(
        Func<DateTimeOffset, PreparationContext> contextAt, string actor, IProgress<long>? progress,
        CancellationToken cancel)
    {
        var round = new Round(contextAt, actor, progress);
        await ResumeAsync(round, cancel);
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

    async Task IssueAsync(IReadOnlyList<DueSubject> batch, Round round, CancellationToken cancel)
    {
        var context = round.ContextAt(clock.GetUtcNow());
        var act = new Act(round.Actor, context.Now);
        var (prepared, settled) = await PrepareAsync(batch, context, round, cancel);
        var reserved = await store.ReserveAsync(prepared, settled, act, cancel);
        var issued = await SignAndCompleteAsync(reserved, context, act, cancel);
        round.Count(batch.Count, issued, settled);
    }

    /// <summary>Steps 5 and 6.</summary>
    async Task<(List<PreparedCertificate>, List<SettledSubject>)> PrepareAsync(
        IReadOnlyList<DueSubject> batch, PreparationContext context, Round round, CancellationToken cancel)
    {
        var prepared = new List<PreparedCertificate>(batch.Count);
        var settled = new List<SettledSubject>();
        var choices = new DscChoices(context);
        SlotLease? lease = null;
        var used = 0;
        foreach (var subject in batch)
        {
            var decision = DecideCourse.Decide(subject.Doses, context.Policy);
            if (decision.Entitlement is not { } entitlement)
            {
                settled.Add(new SettledSubject(subject.Id, subject.Revision, decision.Refusals));
                continue;
            }
            var digest = PrepareCertificates.ContentDigest(subject, entitlement, context.Policy);
            if (subject.Lineage?.ContentDigest is { } current && digest.AsSpan().SequenceEqual(current))
            {
                settled.Add(new SettledSubject(subject.Id, subject.Revision, []));
                continue;
            }
            if (choices.For(entitlement).IsRefused(out var why, out var dsc))
            {
                // Nobody is refused for a missing DSC: they stay due until there is one. One that a facility lacks
                // stops that facility's certificates; everybody else's go on.
                round.Stop(why, isForAll: context.Signing.OwnerFor(entitlement.LastDose.Facility) is null);
                continue;
            }
            if (lease is null || used == lease.Count)
            {
                (lease, used) = (await store.LeaseSlotsAsync(batch.Count, cancel), 0);
            }
            var bytes = new byte[Uvci.RandomLength];
            random(bytes);
            var (certificate, faults) = PrepareCertificates.Prepare(
                subject, entitlement, dsc, choices.ExpiresAt, lease[used++], bytes, context);
            if (certificate is not null)
            {
                prepared.Add(certificate);
            }
            else
            {
                round.Report(faults);
                settled.Add(new SettledSubject(subject.Id, subject.Revision, [new Refusal(DecisionReason.LintFailed)]));
            }
        }
        return (prepared, settled);
    }

    /// <summary>Steps 8 and 9.</summary>
    async Task<int> SignAndCompleteAsync(
        IReadOnlyList<PreparedCertificate> reserved, PreparationContext context, Act act, CancellationToken cancel)
    {
        var signed = new List<SignedCertificate>(reserved.Count);
        foreach (var group in reserved.GroupBy(p => p.Kid))
        {
            var dsc = context.Dscs.First(d => d.Own.Kid == group.Key);
            var intents = group.ToList();
            var signatures = await signer.SignAsync(dsc.Own, intents.ConvertAll(p => p.ToBeSigned), cancel);
            signed.AddRange(intents.Zip(signatures).Select(pair => Check(pair.First, pair.Second, dsc)));
        }
        return await store.CompleteAsync(signed, act, cancel);
    }

    /// <summary>Our own output, read back as a stranger would. What fails here never leaves the house.</summary>
    static SignedCertificate Check(PreparedCertificate prepared, byte[] signature, SigningDsc dsc)
    {
        var hc1 = Hc1.Encode(CoseSign1.Assemble(prepared.ToBeSigned, signature));
        var faults = HcertSelfCheck.Faults(hc1, prepared.ToBeSigned, dsc.Verifier);
        return faults.Count == 0
            ? new SignedCertificate(prepared, signature, RevocationHash.OfSignature(dsc.Own.Algorithm, signature))
            : throw new CryptographicException(
                $"Slot {prepared.Slot.Value}: the signed certificate fails its check: {string.Join("; ", faults)}");
    }

    /// <summary>
    /// Ends what an earlier round reserved and did not complete: signs the stored bytes where the record, the
    /// attestation and the DSC behind them still stand, gives the intent up where not.
    /// </summary>
    async Task ResumeAsync(Round round, CancellationToken cancel)
    {
        Slot? last = null;
        while (await store.OpenIntentsAsync(last, BatchSize, cancel) is { Count: > 0 } open)
        {
            last = open[^1].Intent.Slot;
            var context = round.ContextAt(clock.GetUtcNow());
            var act = new Act(round.Actor, context.Now);
            var standing = open.ToLookup(
                o => o.Stands && context.Dscs.Any(d => d.Own.Kid == o.Intent.Kid && !d.Own.Withdrawn)
                    && o.Intent.Cwt.ExpiresAt > context.Now,
                o => o.Intent);
            await store.AbandonAsync([.. standing[false]], act, cancel);
            var issued = await SignAndCompleteAsync([.. standing[true]], context, act, cancel);
            round.CountResumed(issued, standing[false].Count());
        }
    }

    /// <summary>What the workers of one round share.</summary>
    sealed class Round(Func<DateTimeOffset, PreparationContext> contextAt, string actor, IProgress<long>? progress)
    {
        const int MostLintFaults = 10;

        readonly ConcurrentDictionary<DecisionReason, long> refused = new();
        readonly ConcurrentQueue<string> lintFaults = new();
        long decided;
        long issued;
        long resumed;
        long unchanged;
        long abandoned;
        Rejection? stopped;
        volatile bool hasEnded;

        public string Actor => actor;

        public Rejection? Stopped => stopped;

        public PreparationContext ContextAt(DateTimeOffset now) => contextAt(now);

        public bool HasEnded => hasEnded;

        public void Stop(Rejection why, bool isForAll)
        {
            stopped ??= why;
            hasEnded |= isForAll;
        }

        public void Report(IReadOnlyList<string> faults)
        {
            if (lintFaults.Count < MostLintFaults)
            {
                lintFaults.Enqueue(string.Join("; ", faults));
            }
        }

        public void Count(int people, int certificates, IReadOnlyList<SettledSubject> settled)
        {
            Interlocked.Add(ref decided, people);
            Interlocked.Add(ref issued, certificates);
            Interlocked.Add(ref unchanged, settled.Count(s => s.Refusals.Count == 0));
            foreach (var refusal in settled.SelectMany(s => s.Refusals.Select(r => r.Reason).Distinct()))
            {
                refused.AddOrUpdate(refusal, 1, (_, count) => count + 1);
            }
            progress?.Report(people);
        }

        public void CountResumed(int certificates, int givenUp)
        {
            Interlocked.Add(ref issued, certificates);
            Interlocked.Add(ref resumed, certificates);
            Interlocked.Add(ref abandoned, givenUp);
        }

        public IssueCounts Counts() =>
            new(decided, issued, resumed, unchanged, abandoned, refused, [.. lintFaults], stopped);
    }
}

using System.Security.Cryptography;
using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>What became of the intents that an earlier round had left open.</summary>
/// <param name="Faults">Why the first few bytes that were not as they were stored were not signed.</param>
sealed record ResumedIntents(int Completed, int GivenUp, IReadOnlyList<string> Faults)
{
    public static readonly ResumedIntents None = new(0, 0, []);
}

/// <summary>
/// Steps 8 and 9, the same for first issue and every successor: sign, check our own output, complete.
/// </summary>
sealed class CompleteCertificates(ICertificateStore store, ICertificateSigner signer, TimeProvider clock)
{
    const int BatchSize = 512;

    /// <returns>How many became current.</returns>
    public async Task<int> RunAsync(
        IReadOnlyList<ReservedCertificate> reserved, PreparationContext context, Act act, CancellationToken cancel)
    {
        if (reserved.Count == 0)
        {
            return 0;
        }
        var signatures = await signer.SignAsync(reserved, cancel);
        if (signatures.Count != reserved.Count)
        {
            throw new CryptographicException($"Of {reserved.Count} byte strings {signatures.Count} were signed.");
        }
        var signed = reserved.Zip(signatures).Select(pair => Check(pair.First, pair.Second, context, act)).ToList();
        return await store.CompleteAsync(signed, act, cancel);
    }

    /// <summary>
    /// Ends what an earlier round reserved and did not complete: signs the stored bytes where the record, the
    /// attestation and the DSC behind them still stand and the bytes are those that were linted, gives the intent up
    /// where not.
    /// </summary>
    public async Task<ResumedIntents> ResumeAsync(
        Func<DateTimeOffset, PreparationContext> contextAt, string actor, CancellationToken cancel)
    {
        var all = ResumedIntents.None;
        Slot? last = null;
        while (await store.OpenIntentsAsync(last, BatchSize, cancel) is { Count: > 0 } open)
        {
            last = open[^1].Slot;
            var resumed = await ResumeAsync(open, contextAt(clock.GetUtcNow()), actor, cancel);
            all = new ResumedIntents(
                all.Completed + resumed.Completed, all.GivenUp + resumed.GivenUp,
                all.Faults.Count > 0 ? all.Faults : resumed.Faults);
        }
        return all;
    }

    public async Task<ResumedIntents> ResumeAsync(
        IReadOnlyList<StoredIntent> open, PreparationContext context, string actor, CancellationToken cancel)
    {
        var act = new Act(actor, context.Now);
        var (reserved, givenUp) = (new List<ReservedCertificate>(), new List<StoredIntent>());
        IReadOnlyList<string> faults = [];
        foreach (var intent in open)
        {
            var dsc = context.Dscs.FirstOrDefault(d => d.Own.Kid.ToString() == intent.Kid && !d.Own.Withdrawn);
            if (dsc is null || !intent.Stands || intent.ExpiresAt <= context.Now)
            {
                givenUp.Add(intent);
                continue;
            }
            var (linted, why) = ResumeIntent.Linted.Lint(intent, dsc);
            if (linted is null)
            {
                faults = faults.Count > 0 ? faults : [$"slot {intent.Slot.Value}", .. why];
                givenUp.Add(intent);
                continue;
            }
            reserved.Add(ReservedCertificate.Of(linted));
        }
        await store.AbandonAsync(givenUp, act, cancel);
        return new ResumedIntents(await RunAsync(reserved, context, act, cancel), givenUp.Count, faults);
    }

    /// <summary>Our own output, read back as a stranger would. What fails here never leaves the house.</summary>
    static SignedCertificate Check(
        ReservedCertificate reserved, byte[] signature, PreparationContext context, Act act)
    {
        var faults = reserved.FaultsOf(signature);
        return faults.Count == 0
            ? new SignedCertificate(
                reserved.Slot, reserved.LineageId, reserved.Predecessor, reserved.Cause, reserved.Dsc.Kid, signature,
                RevocationHash.OfSignature(reserved.Dsc.Algorithm, signature),
                context.Moments.Of(reserved.LineageId, reserved.ExpiresAt))
            {
                Corrects = SuccessionRule.OfCorrected(reserved.Cause, act),
            }
            : throw new CryptographicException(
                $"Slot {reserved.Slot.Value}: the signed certificate fails its check: {string.Join("; ", faults)}");
    }
}

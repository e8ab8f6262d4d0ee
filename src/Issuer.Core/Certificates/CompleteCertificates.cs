using System.Security.Cryptography;
using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>What became of the intents that an earlier round had left open.</summary>
readonly record struct ResumedIntents(int Completed, int GivenUp);

/// <summary>
/// Steps 8 and 9, the same for first issue and every successor: sign, check our own output, complete.
/// </summary>
sealed class CompleteCertificates(ICertificateStore store, ICertificateSigner signer, TimeProvider clock)
{
    const int BatchSize = 512;

    /// <returns>How many became current.</returns>
    public async Task<int> RunAsync(
        IReadOnlyList<PreparedCertificate> reserved, PreparationContext context, Act act, CancellationToken cancel)
    {
        var signed = new List<SignedCertificate>(reserved.Count);
        foreach (var group in reserved.GroupBy(p => p.Kid))
        {
            var dsc = context.Dscs.First(d => d.Own.Kid == group.Key);
            var intents = group.ToList();
            var signatures = await signer.SignAsync(dsc.Own, intents.ConvertAll(p => p.ToBeSigned), cancel);
            if (signatures.Count != intents.Count)
            {
                throw new CryptographicException($"Of {intents.Count} byte strings {signatures.Count} were signed.");
            }
            signed.AddRange(intents.Zip(signatures).Select(pair => Check(pair.First, pair.Second, dsc, context)));
        }
        return signed.Count == 0 ? 0 : await store.CompleteAsync(signed, act, cancel);
    }

    /// <summary>
    /// Ends what an earlier round reserved and did not complete: signs the stored bytes where the record, the
    /// attestation and the DSC behind them still stand, gives the intent up where not.
    /// </summary>
    public async Task<ResumedIntents> ResumeAsync(
        Func<DateTimeOffset, PreparationContext> contextAt, string actor, CancellationToken cancel)
    {
        var (completed, givenUp) = (0, 0);
        Slot? last = null;
        while (await store.OpenIntentsAsync(last, BatchSize, cancel) is { Count: > 0 } open)
        {
            last = open[^1].Intent.Slot;
            var resumed = await ResumeAsync(open, contextAt(clock.GetUtcNow()), actor, cancel);
            (completed, givenUp) = (completed + resumed.Completed, givenUp + resumed.GivenUp);
        }
        return new ResumedIntents(completed, givenUp);
    }

    public async Task<ResumedIntents> ResumeAsync(
        IReadOnlyList<(PreparedCertificate Intent, bool Stands)> open, PreparationContext context, string actor,
        CancellationToken cancel)
    {
        var act = new Act(actor, context.Now);
        var standing = open.ToLookup(
            o => o.Stands && context.Dscs.Any(d => d.Own.Kid == o.Intent.Kid && !d.Own.Withdrawn)
                && o.Intent.Cwt.ExpiresAt > context.Now,
            o => o.Intent);
        await store.AbandonAsync([.. standing[false]], act, cancel);
        var completed = await RunAsync([.. standing[true]], context, act, cancel);
        return new ResumedIntents(completed, standing[false].Count());
    }

    /// <summary>Our own output, read back as a stranger would. What fails here never leaves the house.</summary>
    static SignedCertificate Check(
        PreparedCertificate prepared, byte[] signature, SigningDsc dsc, PreparationContext context)
    {
        var hc1 = Hc1.Encode(CoseSign1.Assemble(prepared.ToBeSigned, signature));
        var faults = HcertSelfCheck.Faults(hc1, prepared.ToBeSigned, dsc.Verifier);
        return faults.Count == 0
            ? new SignedCertificate(
                prepared, signature, RevocationHash.OfSignature(dsc.Own.Algorithm, signature),
                context.Moments.Of(prepared.LineageId!.Value, prepared.Cwt.ExpiresAt))
            : throw new CryptographicException(
                $"Slot {prepared.Slot.Value}: the signed certificate fails its check: {string.Join("; ", faults)}");
    }
}

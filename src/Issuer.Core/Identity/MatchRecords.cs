using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>How many records ended in each state in one round.</summary>
public sealed record MatchCounts(IReadOnlyDictionary<RecordState, long> ByState)
{
    public long Total => ByState.Values.Sum();
}

/// <summary>Step 3: asks the registry about every pending record and stores what it answered.</summary>
public sealed class MatchRecords(IIdentityStore store, IPopulationRegistry registry, ClaimDigests claims)
{
    const int BatchSize = 1000;

    readonly SettleMatches settling = new(store, claims);

    /// <summary>
    /// One round over all that is pending; what the registry does not answer stays pending. When it turns out to be
    /// away the round ends early, and the next one begins anew.
    /// </summary>
    public async Task<MatchCounts> RunAsync(Act act, IProgress<long>? progress, CancellationToken cancel)
    {
        var counts = Enum.GetValues<RecordState>().ToDictionary(state => state, _ => 0L);
        await store.EndWaitsAsync(act.At, cancel);
        long last = 0;
        while (await store.ClaimPendingAsync(last, BatchSize, cancel) is { Count: > 0 } batch)
        {
            last = batch[^1].Id;
            var results = await MatchAsync(batch, cancel);
            var applied = await settling.SettleAsync(
                [.. results.Where(r => r.State != RecordState.Pending)], act, cancel);
            foreach (var state in applied)
            {
                counts[state]++;
            }
            counts[RecordState.Pending] += results.Count(r => r.State == RecordState.Pending);
            progress?.Report(batch.Count);
            if (registry.IsAway)
            {
                break;
            }
        }
        return new MatchCounts(counts);
    }

    async Task<IReadOnlyList<MatchedRecord>> MatchAsync(IReadOnlyList<StoredRecord> batch, CancellationToken cancel)
    {
        var asked = batch.Where(r => !DecideMatch.IsSettled(r.Record)).ToList();
        var answers = await registry.LookUpAsync([.. asked.Select(r => DecideMatch.QueryOf(r.Record))], cancel);
        var answerOf = asked.Zip(answers).ToDictionary(pair => pair.First.Id, pair => pair.Second);
        var results = batch.Select(r => DecideMatch.Decide(r, answerOf.GetValueOrDefault(r.Id))).ToList();
        var suggestions = await SuggestCorrection.ForAsync(registry, results, cancel);
        return [.. results.Select(r => r with { Suggestion = suggestions.GetValueOrDefault(r.Record.Id) })];
    }
}

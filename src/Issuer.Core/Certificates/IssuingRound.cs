using System.Collections.Concurrent;

namespace Issuer.Core.Certificates;

/// <summary>What one round of issuing counts.</summary>
sealed class IssuingRound(
    Func<DateTimeOffset, PreparationContext> contextAt, string actor, IProgress<long>? progress)
    : Round(contextAt, actor)
{
    readonly ConcurrentDictionary<DecisionReason, long> refused = new();
    long decided;
    long issued;
    long resumed;
    long unchanged;
    long abandoned;

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

    public void Count(ResumedIntents intents)
    {
        Interlocked.Add(ref issued, intents.Completed);
        Interlocked.Add(ref resumed, intents.Completed);
        Interlocked.Add(ref abandoned, intents.GivenUp);
    }

    public IssueCounts Counts() =>
        new(decided, issued, resumed, unchanged, abandoned, refused, LintFaults, Stopped);
}

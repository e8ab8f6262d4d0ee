namespace Issuer.Core.Certificates;

/// <summary>What one round of regeneration counts.</summary>
sealed class RegenerationRound(Func<DateTimeOffset, PreparationContext> contextAt, string actor)
    : Round(contextAt, actor)
{
    long due;
    long regenerated;
    long refused;
    long outdated;
    long waiting;

    public void Count(int lineages, int certificates, RegenerationBatch batch)
    {
        Interlocked.Add(ref due, lineages);
        Interlocked.Add(ref regenerated, certificates);
        Interlocked.Add(ref refused, batch.Refused.Count);
        Interlocked.Add(ref outdated, batch.Outdated.Count);
        Interlocked.Add(ref waiting, batch.Waiting);
    }

    public RegenerateCounts Counts(ResumedIntents resumed)
    {
        Report(resumed.Faults);
        return new RegenerateCounts(
            due, regenerated + resumed.Completed, refused, resumed.Completed, resumed.GivenUp, outdated, waiting,
            LintFaults, Stopped);
    }
}

/// <summary>What was decided about the lineages of one batch.</summary>
sealed class RegenerationBatch(RegenerationRound round)
{
    public List<PreparedCertificate> Prepared { get; } = [];

    public List<RefusedLineage> Refused { get; } = [];

    public List<long> Outdated { get; } = [];

    public int Waiting { get; set; }

    public void Stop(Rejection why, bool isForAll) => round.Stop(why, isForAll);

    public void Refuse(DueLineage due, IReadOnlyList<Refusal> refusals) =>
        Refused.Add(new RefusedLineage(due.Subject.Lineage!.Id, refusals));

    public void RefuseForLint(DueLineage due, IReadOnlyList<string> faults)
    {
        round.Report(faults);
        Refuse(due, [new Refusal(DecisionReason.LintFailed)]);
    }
}

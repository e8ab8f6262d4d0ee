using System.Collections.Concurrent;

namespace Issuer.Core.Certificates;

/// <summary>
/// What the workers of one round share, whether it issues or regenerates: by whom, on what, and why it stopped.
/// </summary>
abstract class Round(Func<DateTimeOffset, PreparationContext> contextAt, string actor)
{
    const int MostLintFaults = 10;

    readonly ConcurrentQueue<string> lintFaults = new();
    volatile bool hasEnded;

    public string Actor => actor;

    public bool HasEnded => hasEnded;

    protected Rejection? Stopped { get; private set; }

    protected IReadOnlyList<string> LintFaults => [.. lintFaults];

    public PreparationContext ContextAt(DateTimeOffset now) => contextAt(now);

    public void Stop(Rejection why, bool isForAll)
    {
        Stopped ??= why;
        hasEnded |= isForAll;
    }

    public void Report(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0 && lintFaults.Count < MostLintFaults)
        {
            lintFaults.Enqueue(string.Join("; ", faults));
        }
    }
}

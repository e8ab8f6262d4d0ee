namespace Issuer.Core.Revocation;

/// <summary>Approved bulk acts, and what the engine below asks of whoever executes them.</summary>
public interface IBulkStore : ITransactions<IBulkTransaction>
{
    /// <summary>Rows of a step: as many as the engine likes, few enough for others to get between.</summary>
    int StepSize { get; }

    /// <summary>An act has written its first rows: the engine plans anew for a table that is no longer empty.</summary>
    Task PlanAnewAsync(CancellationToken cancel);
}

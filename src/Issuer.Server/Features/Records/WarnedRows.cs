using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>Warnings of a file's rows that went in, gathered: what was said, how often, and where first.</summary>
sealed class WarnedRows
{
    readonly Dictionary<(string Field, string Code), (Fault Fault, long First, long Count)> kinds = [];

    /// <summary>Rows with at least one.</summary>
    public long Rows { get; private set; }

    public IEnumerable<string> Said => kinds.Values.Select(kind =>
        $"{kind.Count} {(kind.Count == 1 ? "row" : "rows")}, first in line {kind.First}: {kind.Fault.Field}: "
        + $"{kind.Fault.Code} ({kind.Fault.Vietnamese} / {kind.Fault.English})");

    public void Add(long line, SubmittedRow row)
    {
        var warnings = row.Outcome == SubmitOutcome.Refused ? [] : row.Faults.Where(fault => fault.IsWarning).ToList();
        Rows += warnings.Count > 0 ? 1 : 0;
        foreach (var fault in warnings)
        {
            var key = (fault.Field, fault.Code);
            var (_, first, count) = kinds.GetValueOrDefault(key, (fault, line, 0));
            kinds[key] = (fault, first, count + 1);
        }
    }
}

namespace Issuer.Core.Gateway;

/// <summary>
/// From which change on the next round asks. It never passes a line that failed, nor stands on its date: some gateways
/// answer what changed since, others only what changed after. What is listed twice is known by its id.
/// </summary>
public static class BatchCursor
{
    public static DateTimeOffset After(
        DateTimeOffset cursor, IReadOnlyCollection<BatchLine> lines, IReadOnlySet<string> failed)
    {
        var firstFailed = lines.Where(line => failed.Contains(line.Id))
            .Select(line => (DateTimeOffset?)line.Date).Min();
        return lines.Where(line => firstFailed is null || line.Date < firstFailed)
            .Select(line => line.Date).Append(cursor).Max();
    }
}

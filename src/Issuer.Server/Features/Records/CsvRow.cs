using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>A row with its line number in the file, for messages.</summary>
/// <param name="faults">What was wrong before anybody looked into its cells.</param>
sealed class CsvRow(
    long line, string[] cells, IReadOnlyDictionary<string, int> columns, IReadOnlyList<Fault>? faults = null)
{
    public long Line => line;

    /// <summary>As they were typed.</summary>
    public string[] Cells => cells;

    public IReadOnlyList<Fault> Faults => faults ?? [];

    /// <summary>Null when the file has no such column or the row is too short for it.</summary>
    public string? this[string column] =>
        columns.TryGetValue(column, out var index) && index < cells.Length ? SpreadsheetCell.Value(cells[index]) : null;
}

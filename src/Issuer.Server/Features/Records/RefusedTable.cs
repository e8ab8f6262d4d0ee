using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>
/// Refused rows under the header they came with: the same columns in the same order, and one of their faults. What that
/// column said in an earlier such file is left out.
/// </summary>
sealed class RefusedTable(IReadOnlyList<string> header, CsvKind kind)
{
    const string Errors = "errors";

    readonly IReadOnlyList<int> kept =
        [.. header.Index().Where(h => kind.Resolve(h.Item) != Errors).Select(h => h.Index)];

    readonly Dictionary<string, string> names = header
        .Select(cell => (Name: kind.Resolve(cell), Cell: string.Join(' ', cell.Split((char[]?)null, Words))))
        .Where(pair => pair.Name is not null).GroupBy(pair => pair.Name!, pair => pair.Cell)
        .ToDictionary(group => group.Key, group => group.First());

    const StringSplitOptions Words = StringSplitOptions.RemoveEmptyEntries;

    public IEnumerable<string> Header => [.. kept.Select(index => header[index]), IsVietnamese ? "Lỗi" : Errors];

    /// <summary>Most columns have other names than the contract's.</summary>
    bool IsVietnamese =>
        2 * names.Count(pair => pair.Key.Equals(pair.Value, StringComparison.OrdinalIgnoreCase)) < names.Count;

    /// <param name="line">Where it was; null: nobody asks.</param>
    public IEnumerable<string?> Row(IReadOnlyList<string?> cells, IEnumerable<Fault> faults, long? line = null)
    {
        var text = IsVietnamese
            ? SpreadsheetCsv.VietnameseTextOf(faults, field => names.GetValueOrDefault(field, field))
            : SpreadsheetCsv.TextOf(faults);
        return
        [
            .. kept.Select(index => index < cells.Count ? cells[index] : ""),
            line is null ? text : $"{line}: {text}",
        ];
    }
}

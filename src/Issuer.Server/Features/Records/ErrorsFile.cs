using CsvHelper;
using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>
/// <c>FILE.errors.csv</c>: the refused rows as they came, with a column of all their faults in both languages, ready to
/// be corrected and imported again. Made at the first refused row; an old one is removed.
/// </summary>
sealed class ErrorsFile : IDisposable
{
    const string Errors = "errors";

    readonly string path;
    readonly CsvFile source;
    CsvWriter? writer;

    public ErrorsFile(string path, CsvFile source)
    {
        this.path = path;
        this.source = source;
        File.Delete(path);
    }

    /// <summary>Null when nothing was refused.</summary>
    public string? Written => writer is null ? null : path;

    public void Add(CsvRow row, SubmittedRow result)
    {
        writer ??= Start();
        writer.WriteRow(
        [
            .. Kept.Select(column => column.Index < row.Cells.Length ? row.Cells[column.Index] : ""),
            SpreadsheetCsv.TextOf(result.HardFaults),
        ]);
    }

    public void Dispose() => writer?.Dispose();

    /// <summary>All but what this column said in an earlier such file.</summary>
    IEnumerable<(int Index, string Item)> Kept => source.Header.Index().Where(
        h => source.Kind.Resolve(h.Item) != Errors);

    CsvWriter Start()
    {
        var csv = SpreadsheetCsv.To(File.Create(path), source.Delimiter);
        csv.WriteRow([.. Kept.Select(column => column.Item), Errors]);
        return csv;
    }
}

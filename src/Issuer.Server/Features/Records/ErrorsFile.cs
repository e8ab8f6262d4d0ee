using CsvHelper;
using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>
/// <c>FILE.errors.csv</c>: the refused rows as they came, with a column of all their faults in the language of the
/// header, ready to be corrected and imported again. Made at the first refused row; an old one is removed.
/// </summary>
sealed class ErrorsFile : IDisposable
{
    readonly string path;
    readonly RefusedTable table;
    readonly char delimiter;
    CsvWriter? writer;

    public ErrorsFile(string path, TableFile source)
    {
        this.path = path;
        table = new RefusedTable(source.Header, source.Kind);
        delimiter = source.Delimiter;
        File.Delete(path);
    }

    /// <summary>Null when nothing was refused.</summary>
    public string? Written => writer is null ? null : path;

    public void Add(CsvRow row, SubmittedRow result)
    {
        writer ??= Start();
        writer.WriteRow(table.Row(row.Cells, result.HardFaults));
    }

    public void Dispose() => writer?.Dispose();

    CsvWriter Start()
    {
        var csv = SpreadsheetCsv.To(File.Create(path), delimiter);
        csv.WriteRow(table.Header);
        return csv;
    }
}

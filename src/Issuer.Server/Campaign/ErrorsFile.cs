using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Issuer.Core.Records;

namespace Issuer.Server.Campaign;

/// <summary>
/// <c>FILE.errors.csv</c>: the refused rows as they came, with a column of all their faults in both languages, ready to
/// be corrected and imported again. Made at the first refused row; an old one is removed.
/// </summary>
sealed class ErrorsFile : IDisposable
{
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
        // With a BOM, so that spreadsheets show the diacritics.
        writer ??= Start();
        for (var i = 0; i < source.Header.Length; i++)
        {
            if (source.Kind.Resolve(source.Header[i]) != "errors")
            {
                writer.WriteField(i < row.Cells.Length ? row.Cells[i] : "");
            }
        }
        writer.WriteField(string.Join("; ", result.HardFaults
            .Select(f => $"{f.Field}: {f.Code.ToWire()} ({f.Vietnamese} / {f.English})")));
        writer.NextRecord();
    }

    public void Dispose() => writer?.Dispose();

    CsvWriter Start()
    {
        var csv = new CsvWriter(
            new StreamWriter(path, false, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true)),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = source.Delimiter.ToString(),
                // What was refused as a formula must not run in the spreadsheet it is corrected in.
                InjectionOptions = InjectionOptions.Escape,
            });
        foreach (var column in source.Header.Where(h => source.Kind.Resolve(h) != "errors"))
        {
            csv.WriteField(column);
        }
        csv.WriteField("errors");
        csv.NextRecord();
        return csv;
    }
}

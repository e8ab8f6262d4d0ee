using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>CSV that somebody opens in a spreadsheet, corrects and sends back.</summary>
static class SpreadsheetCsv
{
    /// <param name="stream">Is closed with the writer.</param>
    public static CsvWriter To(Stream stream, char delimiter = ',') => new(
        // With a BOM, so that spreadsheets show the diacritics.
        new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)),
        new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(), ShouldQuote = _ => true,
        });

    /// <summary>A small table at once.</summary>
    public static byte[] Write(IEnumerable<IEnumerable<string?>> rows)
    {
        using var bytes = new MemoryStream();
        using (var writer = To(bytes))
        {
            foreach (var row in rows)
            {
                writer.WriteRow(row);
            }
        }
        return bytes.ToArray();
    }

    public static void WriteRow(this CsvWriter writer, IEnumerable<string?> cells)
    {
        foreach (var cell in cells)
        {
            writer.WriteField(SpreadsheetCell.Written(cell));
        }
        writer.NextRecord();
    }

    /// <summary>All faults of a row in one cell, in both languages.</summary>
    public static string TextOf(IEnumerable<Fault> faults) =>
        string.Join("; ", faults.Select(f => $"{f.Field}: {f.Code} ({f.Vietnamese} / {f.English})"));

    /// <summary>The same for whoever reads Vietnamese alone, under the names of their own columns.</summary>
    public static string VietnameseTextOf(IEnumerable<Fault> faults, Func<string, string> nameOf) =>
        string.Join("; ", faults.Select(f => $"{nameOf(f.Field)}: {f.Vietnamese} [{f.Code}]".TrimStart(':', ' ')));
}

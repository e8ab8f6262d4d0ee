using System.Text.Json;
using Issuer.Core.Records;
using Issuer.Storage.Records;

namespace Issuer.Server.Features.Records;

/// <summary>
/// An import's refused rows as the file that is corrected and sent again, however many they are: under the header and
/// with the separator that they came with.
/// </summary>
static class RefusedRowsCsv
{
    const int Piece = 1000;

    public static async Task WriteAsync(Stream stream, ImportJobs imports, ImportJob job, CancellationToken cancel)
    {
        var header = job.Header is { } own ? JsonSerializer.Deserialize<string[]>(own.Cells)! : RecordFields.Names;
        var table = new RefusedTable(header, CsvKind.Records);
        // A response takes nothing but asynchronous writes.
        using var piece = new MemoryStream();
        using var writer = SpreadsheetCsv.To(piece, job.Header?.Separator ?? ',');
        writer.WriteRow(table.Header);
        for (long after = 0; ;)
        {
            var rows = await imports.FaultsAsync(job.Id, after, Piece, cancel);
            foreach (var row in rows)
            {
                // Without cells where they were not kept: the line number says which row it was.
                writer.WriteRow(table.Row(row.Cells, row.Faults, row.Line));
            }
            writer.Flush();
            await stream.WriteAsync(piece.GetBuffer().AsMemory(0, (int)piece.Length), cancel);
            piece.SetLength(0);
            if (rows.Count < Piece)
            {
                return;
            }
            after = rows[^1].Line;
        }
    }
}

using Issuer.Core.Records;
using Issuer.Storage.Records;

namespace Issuer.Server.Features.Records;

/// <summary>An import's refused rows as the file that is corrected and sent again, however many they are.</summary>
static class RefusedRowsCsv
{
    const int Piece = 1000;

    public static async Task WriteAsync(Stream stream, ImportJobs imports, long job, CancellationToken cancel)
    {
        // A response takes nothing but asynchronous writes.
        using var piece = new MemoryStream();
        using var writer = SpreadsheetCsv.To(piece);
        writer.WriteRow([.. RecordFields.Names, "errors"]);
        for (long after = 0; ;)
        {
            var rows = await imports.FaultsAsync(job, after, Piece, cancel);
            foreach (var row in rows)
            {
                writer.WriteRow([.. CellsOf(row), $"{row.Line}: {SpreadsheetCsv.TextOf(row.Faults)}"]);
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

    /// <summary>Empty ones where they were not kept: the line number says which row it was.</summary>
    static IEnumerable<string?> CellsOf(ImportFault row) =>
        RecordFields.Names.Select((_, index) => index < row.Cells.Count ? row.Cells[index] : "");
}

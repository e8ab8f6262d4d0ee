using System.Security.Cryptography;
using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>Rows of an uploaded file, whatever its format, with their lines.</summary>
/// <param name="Header">Null: the fields of a record.</param>
sealed record UploadedRows(long Count, IEnumerable<UploadedRow> Rows, ImportHeader? Header = null);

/// <param name="Cells">As they came, in the order of the header.</param>
sealed record UploadedRow(long Line, RecordRow Row, IReadOnlyList<string?> Cells);

/// <summary>
/// Uploaded files while their jobs run, under DATA/imports. They hold personal data: for the owner's eyes, and gone as
/// soon as the job has ended.
/// </summary>
sealed class ImportFiles(string directory)
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string PathOf(long id) => Path.Combine(directory, FormattableString.Invariant($"{id}.upload"));

    public bool Has(long id) => File.Exists(PathOf(id));

    public void Delete(long id) => File.Delete(PathOf(id));

    /// <summary>
    /// What a kill between file and job left. By the file's own age, for the service's clock may be set.
    /// </summary>
    public void DeleteOlder(TimeSpan than, IReadOnlySet<long> except)
    {
        var before = TimeProvider.System.GetUtcNow() - than;
        foreach (var file in new DirectoryInfo(directory) is { Exists: true } there ? there.GetFiles("*.upload") : [])
        {
            var isRunning = long.TryParse(Path.GetFileNameWithoutExtension(file.Name), out var id)
                && except.Contains(id);
            if (!isRunning && file.LastWriteTimeUtc < before.UtcDateTime)
            {
                file.Delete();
            }
        }
    }

    /// <summary>Durable when it returns; nothing is left of a body that breaks off or is too large.</summary>
    /// <returns>The SHA-256 of the content.</returns>
    public async Task<byte[]> SaveAsync(long id, Stream body, CancellationToken cancel)
    {
        Directory.CreateDirectory(directory);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        try
        {
            await using var file = new FileStream(PathOf(id), options);
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[64 * 1024];
            for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
            {
                digest.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            file.Flush(flushToDisk: true);
            return digest.GetHashAndReset();
        }
        catch
        {
            Delete(id);
            throw;
        }
    }

    /// <summary>Reads it once from end to end; refused when that cannot be done.</summary>
    public Result<UploadedRows> Open(ImportJob job)
    {
        if (job.Format == ImportFormat.Ndjson)
        {
            return NdjsonFile.Open(PathOf(job.Id)).IsRefused(out var broken, out var lines)
                ? broken
                : new UploadedRows(lines.Rows, lines.Read().Select(OfLine));
        }
        if (TableFile.Open(PathOf(job.Id), [CsvKind.Records], given: "facility").IsRefused(out var why, out var table))
        {
            return why;
        }
        var references = table.References(job.IsRenumbered);
        return new UploadedRows(
            table.Rows,
            table.Read().Select(row => new UploadedRow(row.Line, CampaignRows.Record(row, references), row.Cells)),
            new ImportHeader(JsonSerializer.Serialize(table.Header), table.Delimiter));
    }

    static UploadedRow OfLine((long Line, string Text) line)
    {
        var row = NdjsonFile.RowOf(line.Text);
        return new UploadedRow(line.Line, row, RecordFields.CellsOf(row));
    }
}

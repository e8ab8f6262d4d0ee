using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Identity;
using Issuer.Storage.Records;

namespace Issuer.Server.Features.Records;

/// <summary>What an import did; the property names are the contract's.</summary>
/// <param name="Warnings">Rows that went in with one.</param>
sealed record ImportCounts(
    string Kind, long Rows, long Accepted, long Corrected, long Unchanged, long Refused, long Warnings = 0);

/// <summary>
/// Loads one CSV file: records, or one of the registers around them, told by the header. Interrupt it and run it
/// again: what is in already is <c>unchanged</c>.
/// </summary>
sealed class ImportFile(
    SubmitRecords submit, ReadCheckContext checks, IFacilityStore facilities, LotStore lots, EmbeddedRegistry registry,
    PoliciesNow policies, NationalClock clock)
{
    const int BatchSize = 1000;

    /// <param name="facility">The facility all records are from; null: the rows say.</param>
    /// <param name="refused">Told of every refused record with its CSV row.</param>
    /// <param name="isRenumbered">The clerk's numbers begin anew with each file.</param>
    public async Task<ImportCounts> RunAsync(
        TableFile file, string? facility, Action<CsvRow, SubmittedRow>? refused, Action<string> warn,
        IProgress<long>? progress, CancellationToken cancel, bool isRenumbered = false)
    {
        foreach (var column in file.UnknownColumns.Except(["errors"]))
        {
            warn($"column {TableHeader.Unknown(column, file.Kind)} is not known and was not read");
        }
        foreach (var column in file.AmbiguousColumns)
        {
            warn(
                $"column {file.Kind.InBothLanguages(column)} is ambiguous: one date has the month before the day, so "
                + "that others may mean two days; they are asked about (trong cột này có ngày viết tháng trước ngày)");
        }
        return file.Kind.Name switch
        {
            "records" => await RecordsAsync(file, facility, isRenumbered, refused, warn, progress, cancel),
            "population" => await PopulationAsync(file, warn, progress, cancel),
            "facilities" => await RegisterAsync(file, CampaignRows.Facility,
                rows => facilities.SaveAsync(rows, clock.Act("import"), cancel), warn, progress),
            _ => await LotsAsync(file, warn, progress, cancel),
        };
    }

    /// <summary>A file lists every delivery of a lot: they are added up before any of them is kept.</summary>
    async Task<ImportCounts> LotsAsync(
        TableFile file, Action<string> warn, IProgress<long>? progress, CancellationToken cancel)
    {
        var rows = new List<Lot>();
        var counts = await RegisterAsync(
            file, (row, fault) => CampaignRows.Lot(row, policies.Certification, fault), batch =>
            {
                rows.AddRange(batch);
                return Task.CompletedTask;
            },
            warn, progress);
        foreach (var batch in Lot.Together(rows).Chunk(BatchSize))
        {
            await lots.SaveAsync(batch, clock.Act("import"), cancel);
        }
        return counts;
    }

    async Task<ImportCounts> PopulationAsync(
        TableFile file, Action<string> warn, IProgress<long>? progress, CancellationToken cancel)
    {
        var changed = 0;
        var counts = await RegisterAsync(
            file, CampaignRows.Person, async rows =>
                changed += await registry.LoadAsync(rows, cancel), warn,
            progress);
        if (changed > 0)
        {
            await registry.AskAgainAsync(cancel);
        }
        return counts with { Accepted = changed, Unchanged = file.Rows - changed };
    }

    async Task<ImportCounts> RecordsAsync(
        TableFile file, string? facility, bool isRenumbered, Action<CsvRow, SubmittedRow>? refused,
        Action<string> warn, IProgress<long>? progress, CancellationToken cancel)
    {
        var counts = SubmitCounts.None;
        var warned = new WarnedRows();
        var references = file.References(isRenumbered);
        await foreach (var (batch, results) in submit.SubmitManyAsync(
            file.Read(), row => CampaignRows.Record(row, references), facility, await checks.RunAsync(cancel),
            () => clock.Act("import"), cancel))
        {
            foreach (var (row, result) in batch.Zip(results))
            {
                warned.Add(row.Line, result);
                if (result.Outcome == SubmitOutcome.Refused)
                {
                    refused?.Invoke(row, result);
                }
            }
            counts = counts.Plus(results);
            progress?.Report(batch.Length);
        }
        foreach (var said in warned.Said)
        {
            warn(said);
        }
        return new ImportCounts(
            file.Kind.Name, file.Rows, counts.Accepted, counts.Corrected, counts.Unchanged, counts.Refused,
            warned.Rows);
    }

    /// <summary>A register is taken as a whole or not at all: a person missing from it would look unknown.</summary>
    static async Task<ImportCounts> RegisterAsync<T>(
        TableFile file, Func<CsvRow, Action<string>, T?> parse, Func<IReadOnlyList<T>, Task> save, Action<string> warn,
        IProgress<long>? progress)
        where T : class
    {
        var faults = new List<string>();
        foreach (var row in file.Read())
        {
            faults.AddRange(row.Faults.Select(fault => $"line {row.Line}: {fault.Field} {fault.English}"));
            parse(row, field => faults.Add($"line {row.Line}: {field} is missing or cannot be read"));
            if (faults.Count >= 20)
            {
                break;
            }
        }
        if (faults.Count > 0)
        {
            throw new RefusedException(
                new Rejection(RejectionKind.Invalid, $"{file.Kind.Name}: {string.Join("; ", faults)}"));
        }
        foreach (var batch in file.Read().Chunk(BatchSize))
        {
            await save(Array.ConvertAll(batch, row => parse(row, warn)!));
            progress?.Report(batch.Length);
        }
        return new ImportCounts(file.Kind.Name, file.Rows, file.Rows, 0, 0, 0);
    }
}

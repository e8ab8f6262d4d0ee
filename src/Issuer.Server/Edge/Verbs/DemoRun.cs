using System.Diagnostics;
using Issuer.Core.Identity;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Facilities;
using Issuer.Server.Features.Publication;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Edge.Verbs;

/// <summary>What a demo ended with; <c>summary.json</c>.</summary>
/// <param name="People">Who was vaccinated, as far as the records tell them apart.</param>
/// <param name="KnownPeople">Of these, matched or exempt.</param>
/// <param name="Records">By state; <c>refused</c> and <c>duplicate</c> among them.</param>
/// <param name="Refused">People without a certificate, by reason.</param>
/// <param name="Seconds">By step.</param>
sealed record DemoSummary(
    long People, long KnownPeople, IReadOnlyDictionary<string, long> Records, long Certificates,
    IReadOnlyDictionary<string, long> Refused, IReadOnlyDictionary<string, double> Seconds);

/// <summary>
/// The main job end to end on the CSV files of a campaign, through the same code as the service. Killed anywhere and
/// run again, it goes on where it was.
/// </summary>
sealed class DemoRun(
    ImportFile importFile, MatchRecords match, DevelopmentSignatories signatories, IssueRound issueRound,
    PublishRound publish, CertificateLines certificateLines, StoreCounts counts, DataFolder data, NationalClock clock,
    Screen screen)
{
    const int Pictures = 3;

    readonly Dictionary<string, double> seconds = [];

    /// <param name="peopleInCampaign">Where it is known; null: told by the records.</param>
    public async Task<DemoSummary> RunAsync(
        string campaign, string output, int? peopleInCampaign, CancellationToken cancel)
    {
        Directory.CreateDirectory(output);
        var recordsPath = Path.Combine(output, "records.ndjson");
        await using var records = new StreamWriter(recordsPath);

        await StepAsync("registers", () => LoadRegistersAsync(campaign, cancel));
        var imported = await StepAsync("submit", () => SubmitAsync(campaign, output, records, cancel));
        await StepAsync("match", () => screen.ProgressAsync("match", imported.Rows,
            progress => match.RunAsync(clock.Act("demo"), progress, cancel)));
        await StepAsync("attest", () => screen.ProgressAsync("attest", imported.Rows,
            progress => signatories.RunAsync(progress, cancel)));
        var people = await counts.PeopleAsync(cancel);
        var issued = await StepAsync("issue", () => screen.ProgressAsync("issue", people,
            progress => issueRound.RunAsync("demo", progress, cancel)));
        RefusedException.ThrowIf(issued.Stopped);
        await StepAsync("publish", () => PublishAsync(output, cancel));
        await StepAsync("write", () => WriteAsync(output, records, cancel));

        var byState = new SortedDictionary<string, long>(
            (await counts.RecordsByStateAsync(cancel)).ToDictionary(), StringComparer.Ordinal);
        if (imported.Refused > 0)
        {
            byState["refused"] = imported.Refused;
        }
        var summary = new DemoSummary(
            peopleInCampaign ?? await counts.ClaimedPeopleAsync(cancel), people, byState,
            await counts.CertificatesAsync(cancel),
            await counts.RefusalsAsync(cancel), seconds);
        await File.WriteAllTextAsync(Path.Combine(output, "summary.json"), JsonLine.Of(summary) + "\n", cancel);
        return summary;
    }

    async Task<bool> LoadRegistersAsync(string campaign, CancellationToken cancel)
    {
        foreach (var kind in new[] { CsvKind.Facilities, CsvKind.Lots, CsvKind.Population })
        {
            var path = Path.Combine(campaign, $"{kind.Name}.csv");
            if (kind == CsvKind.Lots && !File.Exists(path))
            {
                continue;
            }
            var file = Open(path, kind);
            await screen.ProgressAsync(kind.Name, file.Rows, progress => importFile.RunAsync(
                file, null, null, Screen.Warn, progress, cancel));
        }
        return true;
    }

    async Task<ImportCounts> SubmitAsync(
        string campaign, string output, TextWriter records, CancellationToken cancel)
    {
        var file = Open(Path.Combine(campaign, "records.csv"), CsvKind.Records);
        using var errors = new ErrorsFile(Path.Combine(output, "records.errors.csv"), file);
        return await screen.ProgressAsync("submit", file.Rows, progress => importFile.RunAsync(
            file, null,
            (row, result) =>
            {
                errors.Add(row, result);
                RecordLines.WriteRefused(records, result);
            },
            Screen.Warn, progress, cancel));
    }

    async Task<bool> PublishAsync(string output, CancellationToken cancel)
    {
        await publish.RunAsync(isForced: true, copy: null, cancel);
        File.Copy(Path.Combine(data.Published, TrustListFiles.EuPath),
            Path.Combine(output, "trustlist.json"), overwrite: true);
        File.Copy(Path.Combine(data.Published, TrustListFiles.AnchorPath),
            Path.Combine(output, "anchor.pem"), overwrite: true);
        return true;
    }

    async Task<bool> WriteAsync(string output, TextWriter records, CancellationToken cancel)
    {
        await RecordLines.WriteStoredAsync(counts, records, cancel);
        var pictures = Directory.CreateDirectory(Path.Combine(output, "qr")).FullName;
        await using var lines = new StreamWriter(Path.Combine(output, "certificates.ndjson"));
        await certificateLines.WriteAsync(lines,
            (index, hc1) =>
            {
                if (index < Pictures)
                {
                    File.WriteAllBytes(Path.Combine(pictures, $"{index + 1}.png"), QrPicture.Png(hc1));
                }
            },
            cancel);
        return true;
    }

    async Task<T> StepAsync<T>(string name, Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var result = await work();
        seconds[name] = Math.Round(watch.Elapsed.TotalSeconds, 3);
        return result;
    }

    static TableFile Open(string path, CsvKind kind) =>
        TableFile.Open(path, [kind]).IsRefused(out var why, out var file)
            ? throw new RefusedException(why with { Detail = $"{path}: {why.Detail}" })
            : file;
}

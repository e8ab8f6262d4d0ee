using System.Diagnostics;
using Issuer.Core.Records;

namespace Issuer.Benchmarks.Planted;

/// <summary>What came of the records of one kind: an honest surge, everyday work, or a thief's.</summary>
/// <param name="Stopped">Held or asked about at some time.</param>
/// <param name="Held">Of them, held.</param>
sealed record PlantedGroup(string Name, long Records, long Signed, long Stopped, long Held)
{
    public double Share => Records == 0 ? 0 : Math.Round((double)Stopped / Records, 5);
}

/// <summary>What a thief got, and what honest people paid for it.</summary>
/// <param name="Certificates">That say a dose which was planted.</param>
/// <param name="StrangersHit">
/// People with honest doses alone behind their certificate, against which something stands all the same.
/// </param>
/// <param name="CodesGiven">Codes that a thief was given at a counter.</param>
/// <param name="Honest">Honest records, everyday ones and each surge.</param>
sealed record PlantedFigures(
    long Certificates, long StrangersHit, long CodesGiven, PlantedGroup Planted, PlantedGroup Honest,
    IReadOnlyList<PlantedGroup> Surges, long RefusedRows, double Seconds);

/// <summary>Replays planted fraud among honest records and counts what came of both.</summary>
sealed class BenchPlanted(PlantedReplay replay, PlantedLook look)
{
    readonly HashSet<long> stopped = [];
    readonly HashSet<long> held = [];

    public async Task<PlantedFigures> RunAsync(string folder, Action<string> say, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await replay.RunAsync(
            folder,
            async () =>
            {
                stopped.UnionWith(await look.StoppedAsync(cancel));
                held.UnionWith(await look.HeldAsync(cancel));
            },
            say, cancel);
        var honest = replay.Records.Where(r => r.Entered.IsHonest).ToList();
        var planted = replay.Records.Where(r => !r.Entered.IsHonest).ToList();
        var subjects = await look.SubjectsAsync(cancel);
        var certificates = await look.CertificatesAsync(cancel);
        var stolen = DosesOf(planted, subjects);
        var real = DosesOf(honest, subjects);
        return new PlantedFigures(
            certificates.Count(c => stolen.Contains((c.Subject, c.LastDose)) && !real.Contains((c.Subject, c.LastDose))),
            certificates.Where(c => c.StandsAgainst && real.Contains((c.Subject, c.LastDose)))
                .Select(c => c.Subject).Distinct().Count(),
            replay.Counter.Given.Count(given => !given.Act.IsHonest),
            Group("planted", planted), Group("honest", honest),
            [.. honest.GroupBy(r => r.Entered.Surge ?? "everyday").OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Group(g.Key, [.. g]))],
            replay.Refused, Math.Round(watch.Elapsed.TotalSeconds, 1));
    }

    PlantedGroup Group(string name, List<PlantedRecord> records) => new(
        name, records.Count, records.Count(r => r.IsSigned), records.Count(r => stopped.Contains(r.Id)),
        records.Count(r => held.Contains(r.Id)));

    static HashSet<(long Subject, DateOnly Day)> DosesOf(
        IEnumerable<PlantedRecord> records, IReadOnlyDictionary<long, long> subjects) =>
        [.. records.Where(r => subjects.ContainsKey(r.Id))
            .Select(r => (Subject: subjects[r.Id], Day: DayOf(r)))
            .Where(dose => dose.Day is not null).Select(dose => (dose.Subject, dose.Day!.Value))];

    static DateOnly? DayOf(PlantedRecord record) =>
        PartialDate.TryParse(record.Entered.Row?.VaccinatedOn ?? "", out var day) ? day.Complete : null;
}

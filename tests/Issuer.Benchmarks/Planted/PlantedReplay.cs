using System.Globalization;
using System.Security.Cryptography;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Facilities;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Benchmarks.Planted;

/// <summary>
/// Does what a folder of acts says, on a simulated clock, through the same code as the service: an hour's acts, a round
/// of matching, an hour's signatures, a round of issuing. What a signatory could not sign yet is tried again with the
/// next signatures of that facility, as people do.
/// </summary>
sealed class PlantedReplay(IssuerServices issuer, SteppedClock clock) : IDisposable
{
    readonly Dictionary<string, ECDsa> keys = [];
    readonly Dictionary<(string Facility, string Reference), PlantedRecord> records = [];
    readonly Dictionary<string, List<PlantedRecord>> toSign = [];

    public IReadOnlyCollection<PlantedRecord> Records => records.Values;

    public PlantedCounter Counter { get; } = new(issuer);

    public long Refused { get; private set; }

    public async Task RunAsync(string folder, Func<Task> afterIssuing, Action<string> say, CancellationToken cancel)
    {
        await LoadAsync(folder, cancel);
        var day = DateOnly.MinValue;
        foreach (var hour in Hours(PlantedAct.ReadAll(Path.Combine(folder, "acts.ndjson"))))
        {
            clock.Set(hour[^1].At);
            await AnnounceAsync(hour, cancel);
            await EnterAsync(hour, cancel);
            await WithdrawAsync(hour, cancel);
            await issuer.Get<MatchRecords>().RunAsync(issuer.Get<NationalClock>().Act("match"), null, cancel);
            await Counter.AskAsync(hour, act => Find(act)?.Id, cancel);
            if (await SignAsync(hour, cancel))
            {
                var round = await issuer.Get<IssueRound>().RunAsync("issue", null, cancel);
                RefusedException.ThrowIf(round.Stopped);
                await afterIssuing();
            }
            if (issuer.Get<NationalClock>().Today is var today && today.DayNumber / 10 != day.DayNumber / 10)
            {
                day = today;
                say($"{day:yyyy-MM-dd}: {records.Count} records");
            }
        }
    }

    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }

    async Task LoadAsync(string folder, CancellationToken cancel)
    {
        foreach (var kind in new[] { CsvKind.Facilities, CsvKind.Lots, CsvKind.Population })
        {
            if (TableFile.Open(Path.Combine(folder, $"{kind.Name}.csv"), [kind]).IsRefused(out var why, out var file))
            {
                throw new RefusedException(why);
            }
            await issuer.Get<ImportFile>().RunAsync(file, null, null, _ => { }, null, cancel);
        }
        foreach (var facility in await issuer.Get<IFacilityStore>().ListAsync(cancel))
        {
            keys.Add(facility.Code, ECDsa.Create(ECCurve.NamedCurves.nistP256));
        }
        await issuer.Get<IFacilityStore>().SaveKeysAsync(
            keys.ToDictionary(pair => pair.Key, pair => pair.Value.ExportSubjectPublicKeyInfo()),
            issuer.Get<NationalClock>().Act("bench"), cancel);
    }

    static IEnumerable<List<PlantedAct>> Hours(IEnumerable<PlantedAct> acts)
    {
        var hour = new List<PlantedAct>();
        foreach (var act in acts)
        {
            if (hour.Count > 0 && act.At.UtcTicks / TimeSpan.TicksPerHour != hour[0].At.UtcTicks / TimeSpan.TicksPerHour)
            {
                yield return hour;
                hour = [];
            }
            hour.Add(act);
        }
        if (hour.Count > 0)
        {
            yield return hour;
        }
    }

    /// <summary>Two people of the facility's province.</summary>
    async Task AnnounceAsync(List<PlantedAct> hour, CancellationToken cancel)
    {
        var acts = issuer.Get<TwoPersonActs>();
        foreach (var act in hour.Where(a => a.Kind == "announce-backlog"))
        {
            var province = act.Facility[..2];
            var command = new AnnounceBacklog(
                act.Facility, act.Text("product"), DateOnly.Parse(act.Text("from"), CultureInfo.InvariantCulture),
                DateOnly.Parse(act.Text("to"), CultureInfo.InvariantCulture),
                act.Members.GetProperty("expected").GetInt64(), "slips of before");
            var asked = await acts.RequestAsync(command, Of(act.By), act.At, cancel);
            if (asked.IsRefused(out _, out var approval)
                || (await acts.ApproveAsync(approval.Id, Of($"head@{province}"), act.At, cancel)).IsRefused(out _, out _))
            {
                Refused++;
            }

            Person Of(string subject) => new(subject, ["province"]) { Province = province };
        }
    }

    /// <summary>What one person enters or corrects within an hour goes in as one request.</summary>
    async Task EnterAsync(List<PlantedAct> hour, CancellationToken cancel)
    {
        var context = await issuer.Get<ReadCheckContext>().RunAsync(cancel);
        foreach (var (kind, by, facility) in hour.Where(a => a.Row is not null)
            .Select(a => (a.Kind, a.By, a.Facility)).Distinct())
        {
            foreach (var acts in hour.Where(a => (a.Kind, a.By, a.Facility) == (kind, by, facility)).Chunk(1000))
            {
                var rows = await issuer.Get<SubmitRecords>().SubmitAsync(
                    [.. acts.Select(act => act.Row!)], facility, context, new Act(by, acts[^1].At), cancel);
                foreach (var (act, row) in acts.Zip(rows))
                {
                    Remember(act, row);
                }
            }
        }
    }

    PlantedRecord? Find(PlantedAct act) => records.GetValueOrDefault((act.Facility, act.References[0]));

    void Remember(PlantedAct act, SubmittedRow row)
    {
        if (row.RecordId is not { } id)
        {
            Refused++;
            return;
        }
        var key = (act.Facility, act.References[0]);
        if (!records.TryGetValue(key, out var record))
        {
            record = new PlantedRecord(id, act);
            records.Add(key, record);
        }
        else if (record.IsSigned)
        {
            // A correction takes the signature away; the facility signs again.
            record.IsSigned = false;
            toSign[act.Facility].Add(record);
        }
        record.Version = row.Version!.Value;
    }

    async Task WithdrawAsync(List<PlantedAct> hour, CancellationToken cancel)
    {
        foreach (var act in hour.Where(a => a.Kind == "withdraw"))
        {
            if (Find(act) is not { } record
                || (await issuer.Get<RevokeCertificates>().WithdrawRecordAsync(
                    act.Facility, record.Id, record.Version, RevocationReason.WrongData, new Act(act.By, act.At),
                    cancel)).IsRefused(out _, out _))
            {
                Refused++;
            }
        }
    }

    /// <returns>Whether anything was signed.</returns>
    async Task<bool> SignAsync(List<PlantedAct> hour, CancellationToken cancel)
    {
        var isSigned = false;
        foreach (var act in hour.Where(a => a.Kind == "sign"))
        {
            var waiting = toSign.GetValueOrDefault(act.Facility) ?? [];
            waiting.AddRange(act.References.Select(r => records.GetValueOrDefault((act.Facility, r)))
                .OfType<PlantedRecord>());
            foreach (var batch in waiting.DistinctBy(r => r.Id).Chunk(AttestRecords.MostAtOnce))
            {
                isSigned |= await SignAsync(act, batch, cancel);
            }
            toSign[act.Facility] = [.. waiting.Where(r => !r.IsSigned).DistinctBy(r => r.Id)];
        }
        return isSigned;
    }

    async Task<bool> SignAsync(PlantedAct act, PlantedRecord[] batch, CancellationToken cancel)
    {
        var attest = issuer.Get<AttestRecords>();
        var byId = batch.ToDictionary(record => record.Id);
        var doses = await issuer.Get<IFacilityStore>().ToAttestAsync([.. byId.Keys], cancel);
        var faults = await attest.AttestAsync(
            [.. doses.Select(dose => CompactJws.Sign(attest.CanonicalOf(dose), keys[act.Facility]))], act.Facility,
            new Act(act.By, act.At), cancel);
        foreach (var (dose, fault) in doses.Zip(faults))
        {
            byId[dose.Dose.Id].IsSigned = fault is null;
        }
        return faults.Any(fault => fault is null);
    }
}

/// <summary>A record that came in, and who meant what by it.</summary>
sealed class PlantedRecord(long id, PlantedAct entered)
{
    public long Id => id;

    public PlantedAct Entered => entered;

    public long Version { get; set; }

    public bool IsSigned { get; set; }
}

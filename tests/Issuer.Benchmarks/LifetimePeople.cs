using System.Globalization;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Samples;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Certificates;

namespace Issuer.Benchmarks;

/// <summary>
/// The people of a simulated lifetime and what happens to them, told to the store and remembered here apart: who should
/// have a certificate, and over how many doses.
/// </summary>
sealed class LifetimePeople(IssuerServices issuer, SampleRandom random)
{
    const int MostDoses = 4;
    const int MostAtOnce = 1000;
    const int DaysApart = 28;

    /// <summary>Two doses of a product that are closer to each other would be one that was entered twice.</summary>
    const int NoDuplicate = 8;

    readonly List<List<EnteredDose>> doses = [];

    /// <summary>A dose that stands, at the version it has now.</summary>
    sealed record EnteredDose(long Id, long Version, VaccinationRecord Record);

    public int Count => doses.Count;

    public long NewDoses { get; private set; }

    public long Corrections { get; private set; }

    public long Withdrawals { get; private set; }

    public long Leaks { get; private set; }

    /// <summary>Who should have a current certificate now, by number, with its dose number.</summary>
    public IEnumerable<(string Number, int Doses)> Entitled =>
        doses.Select((own, person) => (BenchPeople.NumberOf(person), own.Count)).Where(pair => pair.Count > 0);

    /// <summary>So many people more, with their first dose.</summary>
    public async Task AddAsync(int people, CancellationToken cancel)
    {
        foreach (var batch in Enumerable.Range(Count, people).Chunk(MostAtOnce))
        {
            doses.AddRange(batch.Select(_ => new List<EnteredDose>()));
            await EnterAsync(
                [.. batch.Select(p => (p, BenchPeople.RecordOf(p, issuer.Get<NationalClock>().Today)))], null, cancel);
        }
    }

    /// <summary>Boosters for whoever has had their first; for who lost it, a first one anew.</summary>
    public async Task VaccinateAsync(int people, CancellationToken cancel)
    {
        var chosen = Some(people).Where(p => doses[p].Count < MostDoses
            && LastDayOf(p) < issuer.Get<NationalClock>().Today.AddDays(-DaysApart)).ToList();
        await EnterAsync([.. chosen.Select(p => (p, NextDoseOf(p)))], null, cancel);
        NewDoses += chosen.Count;
    }

    /// <summary>The day of the last dose was wrong: it was the day before.</summary>
    public async Task CorrectAsync(int people, CancellationToken cancel)
    {
        var chosen = Some(people).Where(CanMove).ToList();
        foreach (var person in chosen)
        {
            var wrong = doses[person][^1];
            doses[person].RemoveAt(doses[person].Count - 1);
            await EnterAsync(
                [(person, wrong.Record with { VaccinatedOn = wrong.Record.VaccinatedOn.AddDays(-1) })],
                wrong.Version, cancel);
        }
        Corrections += chosen.Count;
    }

    /// <summary>
    /// The last dose was never given: the earlier ones come back, and without any there is no certificate.
    /// </summary>
    public async Task WithdrawAsync(int people, CancellationToken cancel)
    {
        foreach (var person in Some(people).Where(p => doses[p].Count > 0))
        {
            var wrong = doses[person][^1];
            var withdrawn = await issuer.Get<RevokeCertificates>().WithdrawRecordAsync(
                null, wrong.Id, wrong.Version, RevocationReason.IssuedInError,
                issuer.Get<NationalClock>().Act("bench"), cancel);
            RefusedException.ThrowIf(withdrawn.Rejection);
            doses[person].RemoveAt(doses[person].Count - 1);
            Withdrawals++;
        }
    }

    /// <summary>Their current certificate is in other hands; its successor is made at once.</summary>
    public async Task LeakAsync(int people, CancellationToken cancel)
    {
        foreach (var person in Some(people).Where(p => doses[p].Count > 0))
        {
            var document = DocumentKey.OfNumber(BenchPeople.NumberOf(person));
            var current = (await issuer.Get<HolderCertificates>().OfDocumentAsync(document, cancel)).FirstOrDefault(
                c => c.IsLineageHead)
                ?? throw new InvalidOperationException("Somebody who is entitled has no certificate to lose.");
            var reported = await issuer.Get<RevokeCertificates>().ReportLeakAsync(
                document, current.Slot, issuer.Get<NationalClock>().Act("bench"), cancel);
            if (reported.Value is { IsEnqueued: true, Lineage: var lineage })
            {
                await issuer.Get<RegenerateRound>().RunOneAsync(lineage, "bench", cancel);
                Leaks++;
            }
        }
    }

    async Task EnterAsync(
        IReadOnlyList<(int Person, VaccinationRecord Record)> entered, long? corrects, CancellationToken cancel)
    {
        if (entered.Count == 0)
        {
            return;
        }
        var stored = await BenchPeople.EnterAsync(
            issuer, [.. entered.Select(e => new CheckedRow(e.Record, corrects, []))], cancel);
        foreach (var ((person, record), (id, version)) in entered.Zip(stored))
        {
            doses[person].Add(new EnteredDose(id, version, record));
        }
    }

    List<int> Some(int people) =>
        [.. Enumerable.Range(0, people).Select(_ => random.Next(Count)).Distinct()];

    VaccinationRecord NextDoseOf(int person)
    {
        var number = doses[person].Count + 1;
        return BenchPeople.RecordOf(person, issuer.Get<NationalClock>().Today) with
        {
            Reference = string.Create(
                CultureInfo.InvariantCulture, $"{person}-{number}-{issuer.Get<NationalClock>().Today:yyyyMMdd}"),
            DoseNumber = number,
            DoseKind = number == 1 ? DoseKind.Primary : DoseKind.Booster,
            VaccinatedOn = issuer.Get<NationalClock>().Today,
        };
    }

    DateOnly LastDayOf(int person) =>
        doses[person].Count == 0 ? DateOnly.MinValue : doses[person][^1].Record.VaccinatedOn;

    bool CanMove(int person) => doses[person] switch
    {
        [] => false,
        [.., var before, var last] => last.Record.VaccinatedOn.AddDays(-NoDuplicate) > before.Record.VaccinatedOn,
        [_] => true,
    };
}

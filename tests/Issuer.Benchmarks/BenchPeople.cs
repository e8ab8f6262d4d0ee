using System.Globalization;
using Issuer.Core.Facilities;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Features;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;

namespace Issuer.Benchmarks;

/// <summary>
/// People with one attested Janssen dose each, put straight into the store: checks, registry and facility signatures
/// are other benchmarks' business.
/// </summary>
static class BenchPeople
{
    const int BatchSize = 1000;
    const string Facility = "01-0001";
    const string Product = "EU/1/20/1525";

    static readonly string[] GivenNames = ["Thị Hương", "Văn Đức", "Ngọc Ánh", "Minh Quân", "Thùy Dương", "Hữu Phước"];

    /// <summary>The n-th person's number, as a citizen's token would say it.</summary>
    public static string NumberOf(int index) => index.ToString("000000000000", CultureInfo.InvariantCulture);

    public static async Task AddAsync(IssuerServices issuer, int start, int people, CancellationToken cancel)
    {
        await RegisterFacilityAsync(issuer, cancel);
        for (var first = start; first < start + people; first += BatchSize)
        {
            await EnterAsync(
                issuer,
                [.. Enumerable.Range(first, Math.Min(BatchSize, start + people - first))
                    .Select(index => new CheckedRow(RecordOf(index, issuer.Get<NationalClock>().Today), null, []))],
                cancel);
        }
    }

    /// <summary>Where all of them are vaccinated.</summary>
    public static async Task RegisterFacilityAsync(IssuerServices issuer, CancellationToken cancel)
    {
        var clock = issuer.Get<NationalClock>();
        await issuer.Get<IFacilityStore>().SaveAsync(
            [new Facility(Facility, "Trạm y tế thử", "hospital", "01", null)], clock.Act("bench"), cancel);
        await issuer.Get<LotStore>().SaveAsync(
            [new Lot(Product, "bench", Facility, clock.Today.AddYears(1), 1_000_000_000)], clock.Act("bench"), cancel);
    }

    /// <summary>Steps 1 to 4 for rows of known people, at most a batch of them.</summary>
    /// <returns>The records' ids and versions.</returns>
    public static async Task<IReadOnlyList<(long Id, long Version)>> EnterAsync(
        IssuerServices issuer, IReadOnlyList<CheckedRow> rows, CancellationToken cancel)
    {
        var act = issuer.Get<NationalClock>().Act("bench");
        var stored = await issuer.Get<IRecordStore>().SubmitAsync(rows, null, null, act, cancel);
        var matched = rows.Zip(stored)
            .Select(pair => Match(pair.First.Record!, pair.Second.RecordId!.Value, pair.Second.Version!.Value));
        await issuer.Create<SettleMatches>().SettleAsync([.. matched], act, cancel);
        var doses = await issuer.Get<IFacilityStore>().ToAttestAsync(null, 0, BatchSize, cancel);
        await issuer.Get<IFacilityStore>().AttestAsync(
            [.. doses.Select(dose => new NewAttestation(dose, "bench"))], act, cancel);
        return [.. stored.Select(row => (row.RecordId!.Value, row.Version!.Value))];
    }

    /// <summary>A person's first dose.</summary>
    public static VaccinationRecord RecordOf(int index, DateOnly today) => new()
    {
        Facility = Facility,
        Reference = index.ToString(CultureInfo.InvariantCulture),
        FamilyName = "Nguyễn",
        GivenName = GivenNames[index % GivenNames.Length],
        Sex = index % 2 == 0 ? Sex.Female : Sex.Male,
        DateOfBirth = new PartialDate(new DateOnly(1950 + (index % 50), 1 + (index % 12), 1 + (index % 28))),
        IdentityType = IdentityType.Cccd,
        IdentityNumber = NumberOf(index),
        Nationality = "VNM",
        Product = Product,
        Lot = "",
        DoseNumber = 1,
        DoseKind = DoseKind.Primary,
        VaccinatedOn = today.AddDays(-(index % 200)),
    };

    static MatchedRecord Match(VaccinationRecord record, long id, long version) => new(
        new StoredRecord(id, version, record), RecordState.Matched, IdentityFields.None,
        new SubjectIdentity(record.FamilyName, record.GivenName, record.Sex, record.DateOfBirth,
            [DocumentKey.OfNumber(record.IdentityNumber)]));
}

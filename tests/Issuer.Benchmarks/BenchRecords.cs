using System.Globalization;
using Issuer.Core.Facilities;
using Issuer.Core.Records;
using Issuer.Samples;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Storage.Pki;
using Issuer.Storage.Records;

namespace Issuer.Benchmarks;

/// <summary>
/// Records that pass every check, as many as wanted and never the same twice, of 64 facilities with four lots each.
/// Neighbours are of one facility, as in the files that facilities send.
/// </summary>
sealed class BenchRecords(IssuerServices issuer, Database database)
{
    const int Facilities = 64;
    const int Lots = 4;
    const string Product = "EU/1/20/1528";

    /// <summary>A facility's rows stand together in runs of this length.</summary>
    const int Run = 1000;

    static readonly string[] Header =
    [
        "reference", "facility", "family_name", "given_name", "sex", "date_of_birth", "identity_type",
        "identity_number", "nationality", "product", "lot", "dose_number", "vaccinated_on",
    ];

    static readonly string[] GivenNames = ["Thị Hương", "Văn Đức", "Ngọc Ánh", "Minh Quân", "Thùy Dương", "Hữu Phước"];

    readonly string run = Guid.CreateVersion7(issuer.Get<NationalClock>().Now).ToString("N");
    long next;

    /// <summary>Facilities and lots, and records until there are as many as wanted.</summary>
    public async Task PrepareAsync(long preload, CancellationToken cancel)
    {
        var act = issuer.Get<NationalClock>().Act("bench");
        await issuer.Get<IFacilityStore>().SaveAsync(
            [.. Enumerable.Range(0, Facilities).Select(
                f => new Facility(CodeOf(f), $"Trạm {f}", "station", "01", null))],
            act, cancel);
        await issuer.Get<LotStore>().SaveAsync(
            [.. from f in Enumerable.Range(0, Facilities) from lot in Enumerable.Range(0, Lots)
                select new Lot(
                    Product, LotOf(lot), CodeOf(f), issuer.Get<NationalClock>().Today.AddYears(1), 1_000_000_000)],
            act, cancel);
        var missing = preload - await CountAsync(cancel);
        if (missing > 0)
        {
            await new RecordFill(database).AddAsync(missing, Facilities, Lots, Product, act, cancel);
        }
    }

    public async Task<long> CountAsync(CancellationToken cancel) =>
        (await issuer.Get<StoreCounts>().RecordsByStateAsync(cancel)).Values.Sum();

    public async Task WriteCsvAsync(string path, int rows, CancellationToken cancel)
    {
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync(string.Join(',', Header));
        for (var i = 0; i < rows; i++)
        {
            await file.WriteLineAsync(string.Join(',', CellsOf(NextRow())).AsMemory(), cancel);
        }
    }

    public JsonContent NextJson(int client) => JsonContent.Create(
        Header.Zip(CellsOf(NextRow() with { Facility = CodeOf(client % Facilities) }))
                .ToDictionary(p => p.First, p => p.Second));

    public string TokenOf(int client) => DevelopmentToken.Sign(
        issuer.Get<KeyFiles>(),
        new Dictionary<string, object>
        {
            [ClaimNames.Subject] = $"clerk-{client}", [ClaimNames.Roles] = new[] { Roles.FacilityClerk },
            [ClaimNames.Facility] = CodeOf(client % Facilities),
        },
        issuer.Get<NationalClock>().Now, TimeSpan.FromHours(1));

    static string?[] CellsOf(RecordRow row) =>
    [
        row.Reference, row.Facility, row.FamilyName, row.GivenName, row.Sex, row.DateOfBirth, row.IdentityType,
        row.IdentityNumber, row.Nationality, row.Product, row.Lot, row.DoseNumber, row.VaccinatedOn,
    ];

    RecordRow NextRow()
    {
        var n = Interlocked.Increment(ref next);
        var year = 1950 + (n % 50);
        return new RecordRow
        {
            Reference = $"{run}-{n}", Facility = CodeOf((int)(n / Run % Facilities)), FamilyName = "Nguyễn",
            GivenName = GivenNames[n % GivenNames.Length], Sex = n % 2 == 0 ? "M" : "F",
            DateOfBirth = $"{year}-{1 + (n % 12):00}-{1 + (n % 28):00}", IdentityType = "CCCD",
            IdentityNumber = $"001{n % 2}{year % 100:00}{n % 1_000_000:000000}", Nationality = "VNM", Product = Product,
            Lot = LotOf((int)(n % Lots)), DoseNumber = "1",
            VaccinatedOn = SampleCsv.Date(issuer.Get<NationalClock>().Today.AddDays(-(int)(n % 200))),
        };
    }

    static string CodeOf(int facility) => facility.ToString("'B'0000", CultureInfo.InvariantCulture);

    static string LotOf(int lot) => $"FK{lot}";
}

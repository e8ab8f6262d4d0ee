using System.Globalization;
using Dapper;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

/// <summary>A clerk who does anything at all, at a facility that has signed for nothing.</summary>
public abstract partial class StoreSuite
{
    const int RandomPeople = 40;
    const int CertifiedBefore = 10;

    static readonly TimeSpan LongestPause = TimeSpan.FromHours(10);

    /// <summary>10,000 acts with ISSUER_FULL=1.</summary>
    [RequiresFact]
    public async Task Nothing_a_random_clerk_does_reaches_anybody_else_or_wrings_more_from_the_registry()
    {
        var seed = Environment.GetEnvironmentVariable("ISSUER_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        var acts = Environment.GetEnvironmentVariable("ISSUER_FULL") == "1" ? 10_000 : 400;
        try
        {
            await RandomActsAsync(new Random(seed), acts);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"ISSUER_SEED={seed}, {acts} acts: {e.Message}", e);
        }
    }

    /// <summary>Found by the random clerk: a dose that nobody signed for reached a certificate when it was taken back.</summary>
    [RequiresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stranger_s_earlier_dose_that_comes_and_goes_again_touches_no_certificate(bool isWithdrawn)
    {
        await clinic.CertifyAsync(
            store, Given.Row(1, 1, Given.OtherFacility), Given.Row(1, 2, Given.OtherFacility));
        var row = Given.Row(1, 1) with { Reference = "stranger", VaccinatedOn = "2021-08-01", Product = "Pfizer" };
        var id = (await ClaimAsync(Given.Now, [row]))[0].RecordId!.Value;
        await Clinic.MatchAsync(store);

        if (isWithdrawn)
        {
            Assert.Equal(0, (await store.Revoke.WithdrawRecordAsync(
                Given.Facility, id, 1, RevocationReason.Fraud, Clerk, default)).Value!.Certificates);
        }
        else
        {
            await ClaimAsync(Given.Now, [row with { VaccinatedOn = "2021-08-02", Corrects = "1" }]);
        }
        await Clinic.MatchAsync(store);
        await clinic.IssueAsync(store);

        Assert.Equal(CertificateState.Current, Assert.Single(await CertificatesAsync()).StateAt(Given.Now.AddDays(20)));
        Assert.Equal(0, await ScalarAsync("select count(*) from revocation"));
        Assert.Equal(2, await ScalarAsync("select count(*) from record where attested = 1"));
    }

    /// <summary>And whoever signed after it signed for it too.</summary>
    [RequiresFact]
    public async Task A_stranger_s_earlier_dose_is_not_signed_for_where_the_facility_s_own_leave_no_room()
    {
        await ClaimAsync(
            Given.Now, [Given.Row(1, 1) with { Reference = "stranger", VaccinatedOn = "2021-08-01", Product = "Pfizer" }]);

        await HonestAsync(new WatchedRegistry(store.Registry), 1, Given.Now);

        Assert.Equal(0, await ScalarAsync($"select relied_on from record where facility = '{Given.Facility}'"));
    }

    async Task RandomActsAsync(Random random, int acts)
    {
        await store.Registry.LoadAsync([.. Enumerable.Range(1, RandomPeople).Select(Given.Person)], default);
        var registry = new WatchedRegistry(store.Registry);
        var now = Given.Now;
        for (var person = 1; person <= CertifiedBefore; person++)
        {
            await HonestAsync(registry, person, now);
        }
        var next = CertifiedBefore + 1;
        for (var act = 1; act <= acts; act++)
        {
            // Half a year, however many acts there are.
            now += LongestPause * random.NextDouble() * Math.Min(1, 800.0 / acts);
            await RandomActAsync(random, new Act($"clerk {random.Next(3)}", now), act);
            if (random.Next(3) == 0 || act % 4 == 0)
            {
                await RoundAsync(registry, now, isWatching: true);
            }
            if (act % (acts / 25) == 0 && next <= RandomPeople)
            {
                await RoundAsync(registry, now, isWatching: true);
                await HonestAsync(registry, next++, now);
            }
            if (act % 20 == 0)
            {
                await AssertNobodyElseIsReachedAsync(next - 1, now);
            }
        }
        await AssertNobodyElseIsReachedAsync(next - 1, now);
        Assert.True(await ScalarAsync("select count(*) from record where answer_from is not null") > 0);
        await AssertAskedWithinBudgetsAsync([.. registry.Asked]);
    }

    async Task RandomActAsync(Random random, Act by, int act)
    {
        var record = (await store.FacilityRecords.PageAsync(Given.Facility, random.Next(2 * act), 1, default))
            .SingleOrDefault();
        var scope = new RecordScope(Given.Facility, null);
        switch (random.Next(20))
        {
            case < 10:
                await ClaimAsync(
                    by.At,
                    [.. Enumerable.Range(0, random.Next(1, 5)).Select(n => RandomRow(random, $"r{act}-{n}"))],
                    caller: by.Actor);
                break;
            case < 14 when record is not null:
                await ClaimAsync(
                    by.At,
                    [RandomRow(random, record.Reference) with
                    {
                        Corrects = record.Version.ToString(CultureInfo.InvariantCulture),
                    }],
                    caller: by.Actor);
                break;
            case 14 when record is not null:
                await store.Revoke.WithdrawRecordAsync(
                    Given.Facility, record.Id, record.Version, RevocationReason.WrongData, by, default);
                break;
            case 15 when record is not null:
                await Corrections.AcceptAsync(Given.Facility, record.Id, record.Version, Given.Context, by, default);
                break;
            case 16:
                await store.Marks.MarkAsync(scope, random.Next(1, 200), random.Next(1, 200), by, default);
                break;
            case 17 when record is not null:
                await store.Marks.UnmarkAsync(scope, record.Id, by, default);
                break;
            case 18 when record is not null:
                await store.Confirm.RunAsync(scope, record.Id, record.Version, by, default);
                break;
        }
    }

    /// <summary>Of people who are certified elsewhere or soon will be; more often of the first ones.</summary>
    static RecordRow RandomRow(Random random, string reference)
    {
        var number = Given.Number(1 + random.Next(1 + random.Next(RandomPeople)));
        var day = new DateOnly(2021, 8, 1).AddDays(random.Next(120)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Given.Row(1 + random.Next(1 + random.Next(RandomPeople)), random.Next(1, 4)) with
        {
            Reference = reference,
            IdentityNumber = random.Next(8) switch
            {
                0 => number.TrimStart('0'),
                1 => "",
                2 => Given.OldNumber(1 + random.Next(RandomPeople)),
                _ => number,
            },
            IdentityType = null,
            DateOfBirth = random.Next(3) == 0 ? $"1985-02-{random.Next(1, 29):D2}" : "1985-02-03",
            Sex = random.Next(6) == 0 ? "Nữ" : "Nam",
            Product = random.Next(3) == 0 ? "Pfizer" : "AstraZeneca",
            Lot = random.Next(2) == 0 ? "" : "ABV1",
            VaccinatedOn = day,
        };
    }

    /// <summary>Two doses of another facility, signed for and certified at once, whatever the clerk did before.</summary>
    async Task HonestAsync(WatchedRegistry registry, int person, DateTimeOffset now)
    {
        var rows = await ClaimAsync(
            now, [Given.Row(person, 1, Given.OtherFacility), Given.Row(person, 2, Given.OtherFacility)],
            Given.OtherFacility, "honest clerk");
        Assert.All(rows, row => Assert.Equal(SubmitOutcome.Accepted, row.Outcome));
        await RoundAsync(registry, now, isWatching: false);
        var waiting = await store.Facilities.ToAttestAsync(Given.OtherFacility, 0, 100, default);
        Assert.Equal(rows.Select(row => row.RecordId!.Value), waiting.Select(dose => dose.Dose.Id));
        var faults = await Clinic.Attest(store).AttestAsync(
            [.. waiting.Select(dose => clinic.Sign(dose, store))], Given.OtherFacility,
            new Act("honest signatory", now), default);
        Assert.All(faults, Assert.Null);
        await RoundAsync(registry, now, isWatching: false);
        Assert.Equal(person, (await CertificatesAsync()).Count);
    }

    async Task RoundAsync(WatchedRegistry registry, DateTimeOffset now, bool isWatching)
    {
        (clinic.Now, registry.Now, registry.IsWatching) = (now, now, isWatching);
        await new MatchRecords(store.Identity, registry, Given.ClaimDigests).RunAsync(
            new Act("match", now), null, default);
        await clinic.IssueAsync(store, workers: 1);
        await clinic.RegenerateAsync(store, workers: 1);
    }

    /// <summary>One certificate a person, current, with nothing against it now or later; every dose counts.</summary>
    async Task AssertNobodyElseIsReachedAsync(int people, DateTimeOffset now)
    {
        var certificates = await CertificatesAsync();
        Assert.Equal(people, certificates.Count);
        Assert.All(certificates, c => Assert.Equal(CertificateState.Current, c.StateAt(now)));
        Assert.Equal(0, await ScalarAsync("select count(*) from revocation"));
        Assert.Equal(2 * people, await ScalarAsync(
            $"""
            select count(*) from record where facility = '{Given.OtherFacility}' and state = {RecordState.Matched:D}
                and attested = 1 and held = 0 and withdrawn = 0 and duplicate_of is null and answer_from is null
            """));
    }

    /// <summary>Whatever the registry was asked had been claimed, and its turn had come; turns keep to the budgets.</summary>
    async Task AssertAskedWithinBudgetsAsync(IReadOnlyList<(RegistryQuery Query, DateTimeOffset At)> asked)
    {
        await using var database = await Database.OpenAsync(ConnectionString, Directory, default);
        var claims = (await database.ReadAsync(
            connection => connection.QueryAsync<(long Number, long Person, long NumberPlace, long PersonPlace, long Turn)>(
                $"""
                select number_key, person_key, number_place, person_place, answer_at from registry_claim
                where facility = '{Given.Facility}'
                """),
            default)).ToDictionary(claim => new Claim(claim.Number, claim.Person));
        Assert.True(asked.Count > 20, "hardly anything was asked: the test shows nothing");
        Assert.All(asked, one => Assert.True(
            claims[Assert.Single(Given.ClaimDigests.Of(ClaimOf(one.Query)))].Turn <= one.At.ToUnixTimeSeconds()));
        AssertWithin(
            claims.Values.Where(claim => claim.NumberPlace > 1).ToLookup(claim => claim.Number, claim => claim.Turn),
            Given.RegistryBudget.PerNumber);
        AssertWithin(
            claims.Values.Where(claim => claim.PersonPlace > 1).ToLookup(claim => claim.Person, claim => claim.Turn),
            Given.RegistryBudget.PerPerson);
    }

    static VaccinationRecord ClaimOf(RegistryQuery query) => Given.Record() with
    {
        FamilyName = "",
        GivenName = query.FullName,
        Sex = query.Sex,
        DateOfBirth = query.DateOfBirth,
        IdentityType = query.Type,
        IdentityNumber = query.Number,
    };

    static void AssertWithin(ILookup<long, long> turns, int most)
    {
        var window = Given.RegistryBudget.Days * 86_400;
        Assert.All(turns, same =>
        {
            var ordered = same.Order().ToList();
            Assert.All(ordered.Zip(ordered.Skip(most)), pair => Assert.True(pair.Second - pair.First >= window));
        });
    }
}

using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

/// <summary>Holds on causes: when they come, what they reach, and the two people who end them.</summary>
public abstract partial class StoreSuite
{
    static readonly Person OfHanoi = new("hanoi", ["province"]) { Province = "01" };
    static readonly Person SecondOfHanoi = new("hanoi-2", ["province"]) { Province = "01" };

    [RequiresFact]
    public async Task Of_604_certificates_that_one_login_makes_in_a_day_at_most_100_come()
    {
        await FraudAsync(604, batch: 20);

        Assert.InRange(await ScalarAsync("select count(*) from certificate where signature is not null"), 1, 100);
        var hold = Assert.Single(await HoldsAsync());
        Assert.Equal(
            (Given.OtherFacility, "01", "volume late far"),
            (hold.Hold.Facility, hold.Hold.Province, HoldCauses.ToText(hold.Hold.Causes)));
        // Sunday: two working days are Monday and Tuesday.
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 17, 0, 0, TimeSpan.Zero), hold.Hold.DueAt);
        Assert.Equal(604, hold.Waiting + hold.Certified);
        Assert.Equal(hold.Waiting, await ScalarAsync($"select count(*) from record where held = 4"));
        Assert.Equal(hold.Certified, await ScalarAsync("select count(*) from certificate where signature is not null"));
    }

    [RequiresFact]
    public async Task Everything_that_came_of_it_is_one_query()
    {
        await FraudAsync(80, batch: 20);
        var hold = Assert.Single(await HoldsAsync());
        var records = await store.Holds.RecordsAsync(hold.Hold.Id, 0, 200, default);

        Assert.Equal(80, records.Count);
        Assert.Equal(hold.Certified, records.Count(record => record.WasCertified));
        Assert.All(records, record => Assert.Equal(record.WasCertified ? 1 : 0, record.Certificates.Count));
        Assert.Empty(await store.Holds.PageAsync(new WorklistScope(Provinces: ["79"]), true, 0, 10, default));
        Assert.Null(await store.Holds.FindAsync(new WorklistScope(Facility: Given.Facility), hold.Hold.Id, default));
        Assert.NotNull(await store.Holds.FindAsync(
            new WorklistScope(Facility: Given.OtherFacility), hold.Hold.Id, default));
    }

    [RequiresFact]
    public async Task Two_people_of_the_province_clear_a_hold_and_its_doses_count_again()
    {
        await FraudAsync(80, batch: 20);
        var hold = Assert.Single(await HoldsAsync()).Hold;

        await EndAsync(new ClearHold(hold.Id, "a mobile team"));
        Assert.Empty(await HoldsAsync());
        Assert.Equal(0, await ScalarAsync("select count(*) from record where held <> 0"));
        await clinic.IssueAsync(store);
        Assert.Equal(80, await ScalarAsync("select count(*) from certificate where signature is not null"));

        // It is the facility's past now: a few more are no cause, as many again are.
        await FraudAsync(20, batch: 20, from: 1001, hasPast: true);
        Assert.Empty(await HoldsAsync());
        await FraudAsync(80, batch: 80, from: 2001, hasPast: true);
        Assert.Single(await HoldsAsync());
    }

    [RequiresFact]
    public async Task What_comes_under_a_hold_after_the_request_nobody_has_looked_at()
    {
        await FraudAsync(80, batch: 80);
        var hold = Assert.Single(await HoldsAsync()).Hold;
        var asked = await RequestAsync(new ClearHold(hold.Id, "seen"), OfHanoi);
        await FraudAsync(20, batch: 20, from: 1001, hasPast: true);

        Assert.Null((await ApproveAsync(asked.Value!, SecondOfHanoi)).Rejection);
        Assert.Equal(20, Assert.Single(await HoldsAsync()).Waiting);
        Assert.Equal(20, await ScalarAsync("select count(*) from record where held <> 0"));
    }

    [RequiresFact]
    public async Task Two_people_of_the_province_withdraw_a_hold_and_its_certificates_fall()
    {
        await FraudAsync(80, batch: 20);
        var hold = Assert.Single(await HoldsAsync()).Hold;
        var certified = await ScalarAsync("select count(*) from certificate where signature is not null");

        await EndAsync(new WithdrawHold(hold.Id, "invented"));
        while (await store.Steps.StepAsync(Given.Now, default) is { Waiting: > 0 })
        {
        }
        Assert.Equal(80, await ScalarAsync("select count(*) from record where withdrawn = 1"));
        Assert.Equal(certified, await ScalarAsync("select count(*) from revocation where undone_at is null"));
        Assert.Equal(0, await ScalarAsync($"select count(*) from facility_day where day = {SignedOn}"));
        Assert.Empty(await HoldsAsync());
    }

    [RequiresFact]
    public async Task A_hold_is_ended_by_its_own_province_and_later_by_the_ministry()
    {
        await FraudAsync(60, batch: 60);
        var hold = Assert.Single(await HoldsAsync()).Hold;
        var clear = new ClearHold(hold.Id, "seen");
        Person[] strangers =
        [
            new("facility", ["facility-clerk"]), new("ministry", [Operator]),
            new("elsewhere", ["province"]) { Province = "79" }, new("nowhere", ["province"]),
        ];
        foreach (var stranger in strangers)
        {
            Assert.Equal(RejectionKind.Forbidden, (await RequestAsync(clear, stranger)).Rejection?.Kind);
        }
        var asked = (await RequestAsync(clear, OfHanoi)).Value!;
        foreach (var stranger in strangers.Append(OfHanoi))
        {
            Assert.Equal(RejectionKind.Forbidden, (await ApproveAsync(asked, stranger)).Rejection?.Kind);
        }
        Assert.Equal(RejectionKind.Forbidden, (await RejectAsync(asked, strangers[2])).Rejection?.Kind);

        var late = hold.DueAt;
        Assert.Null((await RequestAsync(clear, strangers[1], late)).Rejection);
        Assert.Null((await ApproveAsync(asked, new Person("ministry-2", [Security]), late)).Rejection);
    }

    [RequiresFact]
    public async Task A_record_under_a_hold_is_not_released_by_itself()
    {
        var (_, record) = await HoldOneAsync();
        var asked = await RequestAsync(ReleaseHold.Of([record], "seen"), Asker);
        Assert.Equal(RejectionKind.Conflict, asked.Rejection?.Kind);
    }

    [RequiresFact]
    public async Task An_announced_backlog_is_neither_volume_nor_late()
    {
        await EndAsync(new AnnounceBacklog(
            Given.OtherFacility, Given.Record(Janssen(1)).Product, new DateOnly(2021, 8, 1), new DateOnly(2021, 9, 30),
            100, "on paper"));
        await FraudAsync(100, batch: 50);
        Assert.Empty(await HoldsAsync());
        Assert.Equal(100, await ScalarAsync("select taken from backlog"));

        await FraudAsync(80, batch: 80, from: 1001, hasPast: true);
        Assert.Single(await HoldsAsync());
    }

    [RequiresFact]
    public async Task An_announced_backlog_lets_go_what_was_held_for_want_of_a_receipt()
    {
        await Clinic.SubmitAsync(store, [.. Enumerable.Range(1, 430).Select(Janssen)]);
        Assert.Equal(30, await ScalarAsync($"select count(*) from record where held = {(int)HoldReason.StockOverrun}"));
        await EndAsync(new AnnounceBacklog(
            Given.OtherFacility, Given.Record(Janssen(1)).Product, new DateOnly(2021, 8, 1), new DateOnly(2021, 9, 30),
            20, "on paper"));
        Assert.Equal(10, await ScalarAsync($"select count(*) from record where held = {(int)HoldReason.StockOverrun}"));
    }

    [RequiresFact]
    public async Task The_history_is_what_was_signed_with_who_entered_it()
    {
        await FraudAsync(60, batch: 60);
        var signed = await store.SignedHistory.OfAsync(Given.OtherFacility, default);
        Assert.Equal(60, signed.Count);
        Assert.All(signed, one => Assert.Equal(
            (Given.Act.Actor, Given.Signatory.Actor, Given.Now, false),
            (one.Dose.EnteredBy, one.Signatory, one.SignedAt, one.Dose.HasEarlier)));
        Assert.Empty(await store.SignedHistory.OfAsync(Given.Facility, default));
        Assert.Empty(await store.SignedHistory.BacklogsAsync(Given.Facility, default));
    }

    /// <summary>2026-03-01 in days since 1970.</summary>
    const long SignedOn = 20513;

    Task<IReadOnlyList<Issuer.Storage.Holds.HoldOnRecord>> HoldsAsync() =>
        store.Holds.PageAsync(WorklistScope.Everywhere, isOpenOnly: true, 0, 10, default);

    /// <summary>
    /// People of the South, vaccinated years ago at a hospital in Hà Nội that gives thirty doses a day: entered by one
    /// login, signed by one other, certified after each batch.
    /// </summary>
    async Task FraudAsync(int people, int batch, int from = 1, bool hasPast = false)
    {
        if (!hasPast)
        {
            for (var ago = 1; ago <= 20; ago++)
            {
                await ExecuteAsync(
                    $"""
                    insert into facility_day (facility, day, clerk, signatory, ended_by, signed, announced, identified,
                        far, late, boosters, exempt, night)
                    values ('{Given.OtherFacility}', {SignedOn - ago}, 'HONEST', 'DOCTOR', 0, 30, 0, 30, 2, 1, 0, 0, 0)
                    """);
            }
        }
        var numbers = Enumerable.Range(from, people).ToList();
        await store.Registry.LoadAsync([.. numbers.Select(Given.Person)], default);
        Assert.All(
            await Clinic.SubmitAsync(store, [.. numbers.Select(Janssen)]),
            row => Assert.Equal(SubmitOutcome.Accepted, row.Outcome));
        await Clinic.MatchAsync(store);
        while (await store.Facilities.ToAttestAsync(Given.OtherFacility, 0, batch, default) is { Count: > 0 } waiting)
        {
            Assert.All(
                await Clinic.Attest(store).AttestAsync(
                    [.. waiting.Select(dose => clinic.Sign(dose, store))], null, Given.Signatory, default),
                Assert.Null);
            await clinic.IssueAsync(store);
        }
    }

    static RecordRow Janssen(int person) =>
        Given.Row(person, 1, Given.OtherFacility) with { Product = "Janssen", Lot = "JJ1" };

    async Task EndAsync(TwoPersonCommand command)
    {
        var asked = await RequestAsync(command, OfHanoi);
        Assert.True(asked.Rejection is null, $"{asked.Rejection}");
        Assert.Null((await ApproveAsync(asked.Value!, SecondOfHanoi)).Rejection);
    }

    /// <summary>A record under a hold that the province was too late for.</summary>
    async Task<(long Hold, long Record)> HoldOneAsync()
    {
        var record = (await SubmitAsync(Given.Row(1))).RecordId!.Value;
        await Clinic.MatchAsync(store);
        var now = Given.Now.ToUnixTimeSeconds();
        await ExecuteAsync(
            $"""
            insert into hold (facility, province, causes, from_at, opened_at, due_at, state)
            values ('{Given.Facility}', '79', 'volume late far', {now - 9999}, {now - 9999}, {now - 1}, 0)
            """);
        var hold = await ScalarAsync("select max(id) from hold");
        await ExecuteAsync(
            $"""
            insert into hold_record (hold_id, record_id, held_before, was_certified)
            values ({hold}, {record}, 0, 0)
            """);
        await ExecuteAsync($"update record set held = {(int)HoldReason.Suspicion} where id = {record}");
        return (hold, record);
    }
}

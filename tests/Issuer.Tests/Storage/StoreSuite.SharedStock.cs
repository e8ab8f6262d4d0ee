using Issuer.Core.Approvals;
using Issuer.Core.Facilities;
using Issuer.Core.Records;
using Issuer.Core.Revocation;

namespace Issuer.Tests.Storage;

/// <summary>Two facilities of one province that have no doses of their own.</summary>
public abstract partial class StoreSuite
{
    const string SharedProduct = "EU/1/20/1525";

    [RequiresTheory]
    [InlineData("79")]
    [InlineData("26734")]
    public async Task A_spent_pool_stops_who_grew_fastest_and_the_others_go_on(string place)
    {
        await ShareAsync(10, place);
        await SignAsync(Given.OtherFacility, 11, 8, daysAgo: 30);
        await SignAsync(Given.Facility, 21, 6);
        Assert.Equal([25, 26], await HeldPeopleAsync());

        await SignAsync(Given.OtherFacility, 31, 1);
        Assert.Equal([24, 25, 26], await HeldPeopleAsync());
        Assert.Equal(12, (await clinic.IssueAsync(store)).Issued);
    }

    [RequiresFact]
    public async Task What_was_entered_and_not_signed_for_draws_on_nothing()
    {
        await ShareAsync(2);
        await Clinic.SubmitAsync(store, [.. People(Given.Facility, 1, 30)]);
        await Clinic.MatchAsync(store);
        await SignAsync(Given.OtherFacility, 41, 2);

        Assert.Empty(await HeldPeopleAsync());
    }

    [RequiresFact]
    public async Task What_is_booked_later_releases_the_oldest_and_no_more_than_there_is_room_for()
    {
        await ShareAsync(2);
        await SignAsync(Given.Facility, 1, 6);
        Assert.Equal([3, 4, 5, 6], await HeldPeopleAsync());

        await BookAsync(new Lot(SharedProduct, "S1", "79", Given.Today, 4, IsPlace: true));
        Assert.Equal([5, 6], await HeldPeopleAsync());

        await BookAsync(new Lot(SharedProduct, "S1", "79", Given.Today, -3, IsPlace: true));
        Assert.Equal([2, 3, 4, 5, 6], await HeldPeopleAsync());
    }

    [RequiresFact]
    public async Task A_withdrawn_dose_and_one_corrected_to_another_product_go_back()
    {
        await ShareAsync(2);
        await SignAsync(Given.Facility, 1, 5);
        Assert.Equal([3, 4, 5], await HeldPeopleAsync());

        await WithdrawAsync((await StandingAsync(Shared(1))).Id, RevocationReason.Duplicate);
        Assert.Equal([4, 5], await HeldPeopleAsync());

        await CorrectAsync(Shared(2) with { Product = "Moderna" }, 1);
        Assert.Equal([5], await HeldPeopleAsync());
        Assert.Equal(3, await ScalarAsync("select sum(signed) from product_drawn where day = -1"));
    }

    [RequiresFact]
    public async Task A_dose_is_drawn_once_however_often_it_is_signed_for()
    {
        await ShareAsync(5);
        await SignAsync(Given.Facility, 1, 2);
        await CorrectAsync(Shared(1) with { Lot = "other" }, 1);
        Assert.Equal(1, await ScalarAsync("select signed from product_drawn where day = -1"));

        await Clinic.MatchAsync(store);
        await SignWaitingAsync(Given.Facility, 0);
        Assert.Equal(2, await ScalarAsync("select signed from product_drawn where day = -1"));
    }

    [RequiresFact]
    public async Task What_is_certified_is_not_held_and_stops_nobody_else()
    {
        await ShareAsync(10);
        await SignAsync(Given.OtherFacility, 11, 6, daysAgo: 30);
        await SignAsync(Given.Facility, 21, 6);
        Assert.Equal(12, (await clinic.IssueAsync(store)).Issued);

        await SignAsync(Given.OtherFacility, 31, 2);

        Assert.Empty(await HeldPeopleAsync());
        await SignAsync(Given.Facility, 41, 1);
        Assert.Equal([41], await HeldPeopleAsync());
    }

    [RequiresFact]
    public async Task Who_has_doses_of_their_own_draws_on_no_other()
    {
        await ShareAsync(2);
        await BookAsync(new Lot(SharedProduct, "S1", Given.OtherFacility, Given.Today, 20));
        await SignAsync(Given.OtherFacility, 11, 9);
        await SignAsync(Given.Facility, 1, 2);

        Assert.Empty(await HeldPeopleAsync());
    }

    [RequiresFact]
    public async Task What_two_people_released_draws_on_nothing()
    {
        await ShareAsync(2);
        await SignAsync(Given.Facility, 1, 3);
        await DoAsync(ReleaseHold.Of([(await StandingAsync(Shared(3))).Id], "delivery note seen"));
        Assert.Empty(await HeldPeopleAsync());

        await SignAsync(Given.Facility, 5, 1);
        Assert.Equal([5], await HeldPeopleAsync());
    }

    [RequiresFact]
    public async Task Many_who_sign_at_once_get_exactly_what_there_is()
    {
        await ShareAsync(10);
        await Clinic.SubmitAsync(store, [.. People(Given.Facility, 1, 30)]);
        await Clinic.MatchAsync(store);
        var instances = new[] { store, await OpenAsync() };
        var waiting = await store.Facilities.ToAttestAsync(Given.Facility, 0, 100, default);

        await Task.WhenAll(waiting.Chunk(5).Select((chunk, n) => Task.Run(() => Clinic.Attest(instances[n % 2])
            .AttestAsync([.. chunk.Select(dose => clinic.Sign(dose, store))], null, Given.Signatory, default))));

        Assert.Equal(12, await ScalarAsync("select count(*) from record where held = 0 and attested = 1"));
        Assert.Equal(18, await ScalarAsync("select count(*) from record where held = 1 and attested = 1"));
    }

    async Task ShareAsync(long doses, string place = "79")
    {
        await store.Facilities.SaveAsync(
            [
                new Facility(Given.Facility, "Trạm y tế Bến Nghé", "commune", "79", "26734"),
                new Facility(Given.OtherFacility, "Trạm y tế Tân Định", "commune", "79", "26734"),
            ],
            Given.Act, default);
        await store.Registry.LoadAsync([.. Enumerable.Range(1, 60).Select(Given.Person)], default);
        await ImportStockPolicyAsync(perDay: 100, massSites: [], steady: 1);
        await BookAsync(new Lot(SharedProduct, "S1", place, Given.Today, doses, IsPlace: true));
    }

    static RecordRow Shared(int person, string facility = Given.Facility) =>
        Given.Row(person, 1, facility) with { Product = "Janssen" };

    static IEnumerable<RecordRow> People(string facility, int first, int count) =>
        Enumerable.Range(first, count).Select(person => Shared(person, facility));

    async Task SignAsync(string facility, int first, int count, int daysAgo = 0)
    {
        await Clinic.SubmitAsync(store, [.. People(facility, first, count)]);
        await Clinic.MatchAsync(store);
        await SignWaitingAsync(facility, daysAgo);
    }

    async Task SignWaitingAsync(string facility, int daysAgo)
    {
        var waiting = await store.Facilities.ToAttestAsync(facility, 0, 100, default);
        Assert.All(
            await Clinic.Attest(store).AttestAsync(
                [.. waiting.Select(dose => clinic.Sign(dose, store))], facility,
                Given.Signatory with { At = Given.Now.AddDays(-daysAgo) }, default),
            Assert.Null);
    }

    /// <summary>Who is held for the stock, by their number in their references.</summary>
    async Task<IReadOnlyList<int>> HeldPeopleAsync()
    {
        var people = new List<int>();
        foreach (var held in await store.HeldRecords.PageAsync(0, 100, default))
        {
            Assert.Equal(HoldReason.StockOverrun, held.Reason);
            var record = await store.FacilityRecords.FindAsync(held.Facility, held.Id, default);
            people.Add(int.Parse(record!.Reference.Split('-')[0], null));
        }
        return [.. people.Order()];
    }
}

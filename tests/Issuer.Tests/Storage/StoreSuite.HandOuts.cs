using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

/// <summary>Codes at the counter: three facts together, few wrong tries, and nothing by a relation of one's own.</summary>
public abstract partial class StoreSuite
{
    static readonly HandOutBudget CounterBudget = new(WrongTries: 3, Days: 30, PerClerkAndDay: 5);

    static readonly HandOutClaim Right = new(
        DocumentKey.OfNumber(Given.Number(1)), PartialDate.Parse("1985-02-03"), new DateOnly(2021, 10, 29));

    [RequiresFact]
    public async Task Who_has_the_three_facts_together_gets_the_code_and_its_holder_sees_where()
    {
        var current = await CertifyFirstAsync();

        Assert.Equal(current.Uvci, (await HandOutAsync(Right, current)).Value?.Uvci);

        var handed = Assert.Single(await store.HandOuts.OfDocumentAsync(Right.Document, 10, default));
        Assert.Equal((Given.OtherFacility, Given.Now), (handed.Facility, handed.At));
    }

    [RequiresFact]
    public async Task Anything_wrong_gets_one_answer_and_three_wrong_tries_end_it_even_for_the_right_one()
    {
        var current = await CertifyFirstAsync();
        HandOutClaim[] wrong =
        [
            Right with { DateOfBirth = PartialDate.Parse("1985-02-04") },
            Right with { LastVaccinatedOn = new DateOnly(2021, 8, 30) },
            Right with { DateOfBirth = PartialDate.Parse("1985") },
        ];
        foreach (var claim in wrong)
        {
            Assert.Same(HandOut.Nothing, (await HandOutAsync(claim, current)).Rejection);
        }

        Assert.Equal(RejectionKind.TooOften, (await HandOutAsync(Right, current)).Rejection?.Kind);
        // Another facility has tries of its own, and thirty days later this one has again.
        Assert.NotNull((await HandOutAsync(Right, current, Given.Facility)).Value);
        clinic.Now = Given.Now.AddDays(30);
        Assert.NotNull((await HandOutAsync(Right, current)).Value);
    }

    [RequiresFact]
    public async Task Who_has_no_certificate_gets_the_same_answer_as_who_is_wrong()
    {
        await CertifyFirstAsync();

        Assert.Same(HandOut.Nothing, (await HandOutAsync(Right, null)).Rejection);
    }

    [RequiresFact]
    public async Task A_clerk_has_so_many_tries_a_day_right_or_wrong()
    {
        var current = await CertifyFirstAsync();
        for (var n = 0; n < CounterBudget.PerClerkAndDay; n++)
        {
            Assert.NotNull((await HandOutAsync(Right, current)).Value);
        }

        Assert.Equal(RejectionKind.TooOften, (await HandOutAsync(Right, current)).Rejection?.Kind);
        // Another spelling is the same clerk.
        Assert.Equal(
            RejectionKind.TooOften, (await HandOutAsync(Right, current, clerk: " COUNTER")).Rejection?.Kind);
        clinic.Now = Given.Now.AddDays(1);
        Assert.NotNull((await HandOutAsync(Right, current)).Value);
    }

    [RequiresFact]
    public async Task A_province_raises_it_for_its_own_facility_for_a_while()
    {
        var current = await CertifyFirstAsync();
        var allowance = new HandOutAllowance(Given.OtherFacility, 7, new DateOnly(2026, 3, 3), "Tết");
        Assert.Equal(RejectionKind.NotFound, (await AllowAsync(allowance, "79"))?.Kind);
        foreach (var province in new[] { "01", null })
        {
            Assert.Equal(RejectionKind.NotFound, (await AllowAsync(allowance with { Facility = "x" }, province))?.Kind);
            Assert.Null(await AllowAsync(allowance, province));
        }
        Assert.Equal(7, await HandOutUntilRefusedAsync(current));
        Assert.Equal(CounterBudget.PerClerkAndDay, await HandOutUntilRefusedAsync(current, Given.Facility, "elsewhere"));

        clinic.Now = Given.Now.AddDays(1);
        Assert.Equal(7, await HandOutUntilRefusedAsync(current));
        // The last day is over at midnight in Vietnam.
        clinic.Now = new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.FromHours(7));
        Assert.Equal(CounterBudget.PerClerkAndDay, await HandOutUntilRefusedAsync(current));
        Assert.Equal(2, await ScalarAsync(
            $"select count(*) from audit where act = 'hand-outs-allowed {Given.OtherFacility} 7 2026-03-03'"));
    }

    [Theory]
    [InlineData(5, "2026-03-01", null)]
    [InlineData(4, "2026-03-01", "per_clerk_and_day")]
    [InlineData(300, "2026-04-01", null)]
    [InlineData(301, "2026-04-02", "per_clerk_and_day until")]
    [InlineData(7, "2026-02-28", "until")]
    public void What_a_province_may_allow_is_the_policys(long number, string until, string? faults)
    {
        var allowance = new HandOutAllowance(
            Given.Facility, number, DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture), "Tết");
        var refused = AllowHandOuts.Refuse(allowance, CounterBudget, new DateOnly(2026, 3, 1));

        Assert.Equal(faults, refused is null ? null : string.Join(' ', refused.Faults.Select(fault => fault.Field)));
    }

    [RequiresFact]
    public async Task Many_tries_at_once_are_counted_one_after_another()
    {
        var current = await CertifyFirstAsync();
        var wrong = Right with { DateOfBirth = PartialDate.Parse("1999") };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HandOutAsync(wrong, current)));

        Assert.Equal(CounterBudget.WrongTries, answers.Count(answer => answer.Rejection == HandOut.Nothing));
        Assert.Equal(CounterBudget.WrongTries, await ScalarAsync("select count(*) from hand_out"));
    }

    [RequiresFact]
    public async Task A_record_leads_to_the_certificate_only_when_it_is_signed_for_and_names_who_entered_it()
    {
        await CertifyFirstAsync();
        var own = await ScalarAsync("select max(id) from record");
        await SubmitAsync(Given.Row(1, 5, Given.OtherFacility));
        await Clinic.MatchAsync(store);
        var made = await ScalarAsync("select max(id) from record");

        Assert.Equal([Given.Act.Actor], (await store.Holders.OfRecordAsync(Given.Facility, own, default))?.EnteredBy);
        Assert.Null(await store.Holders.OfRecordAsync(Given.OtherFacility, made, default));
    }

    Task<Rejection?> AllowAsync(HandOutAllowance allowance, string? province) =>
        new AllowHandOuts(store.HandOutAllowances, CounterBudget, TimeSpan.FromHours(7)).RunAsync(
            allowance, province, new Act("province", clinic.Now), default);

    async Task<int> HandOutUntilRefusedAsync(
        IssuedCertificate current, string facility = Given.OtherFacility, string clerk = "counter")
    {
        var handed = 0;
        while ((await HandOutAsync(Right, current, facility, clerk)).Rejection is null)
        {
            handed++;
        }
        return handed;
    }

    async Task<IssuedCertificate> CertifyFirstAsync()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        return Assert.Single(await CertificatesAsync());
    }

    Task<Result<IssuedCertificate>> HandOutAsync(
        HandOutClaim claim, IssuedCertificate? current, string facility = Given.OtherFacility,
        string clerk = "counter") =>
        new HandOut(store.HandOuts, CounterBudget, TimeSpan.FromHours(7)).RunAsync(
            facility, claim, current, new Act(clerk, clinic.Now), default);
}

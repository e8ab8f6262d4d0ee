using System.Net;
using System.Net.Http.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Delivery;

/// <summary>The code of somebody who stands at a facility's counter.</summary>
public sealed class HandOutTests : IAsyncLifetime
{
    readonly RunningService service = new();

    public Task InitializeAsync() => service.InitializeAsync();

    public Task DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Any_facility_gives_out_the_code_that_its_holder_has()
    {
        await service.CertifyAsync(Person.Hoa);
        using var citizen = service.Citizen(Person.Hoa.Number);
        using var counter = service.Clerk(RunningService.OtherFacility);

        var handed = await counter.PostAsJsonAsync("/v1/certificates/hand-out", Work.HandOut(Person.Hoa))
            .JsonAsync(HttpStatusCode.OK);

        Assert.Equal(
            Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString(),
            handed.GetProperty("id").GetString());
        Assert.StartsWith("HC1:", handed.GetProperty("hc1").GetString(), StringComparison.Ordinal);
        Assert.Contains("<svg", handed.GetProperty("qr_svg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anything_wrong_has_one_answer_and_a_fourth_try_is_too_often()
    {
        await service.CertifyAsync(Person.Hoa);
        using var counter = service.Clerk(RunningService.OtherFacility);
        var answers = new List<string>();
        foreach (var (born, last) in new[]
        {
            (Person.Duc.Born, "2026-09-01"), (Person.Hoa.Born, "2026-08-01"), (Person.Duc.Born, "2026-08-02"),
        })
        {
            answers.Add((await TryAsync(counter, Person.Hoa.Number, born, last).JsonAsync(HttpStatusCode.NotFound))
                .GetProperty("detail").GetString()!);
        }
        // Whoever has no certificate at all gets the same answer.
        answers.Add((await TryAsync(counter, Person.Duc.Number, Person.Duc.Born, "2026-09-01")
            .JsonAsync(HttpStatusCode.NotFound)).GetProperty("detail").GetString()!);

        Assert.Single(answers.Distinct());
        await TryAsync(counter, Person.Hoa.Number, Person.Hoa.Born, "2026-09-01")
            .JsonAsync(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_province_allows_more_at_its_own_facility_within_the_policy()
    {
        await service.CertifyAsync(Person.Hoa);
        using var counter = service.Clerk(RunningService.OtherFacility);
        using var stranger = service.Client(service.Token(Roles.Province, ("province", "01")));
        using var province = service.Client(service.Token(Roles.Province, ("province", "02")));
        static Task<HttpResponseMessage> AllowAsync(HttpClient who, int number, string until) => who.PostAsJsonAsync(
            "/v1/hand-out-allowances",
            new { facility = RunningService.OtherFacility, per_clerk_and_day = number, until, reason = "Tết" });

        await AllowAsync(stranger, 40, "2027-01-20").JsonAsync(HttpStatusCode.NotFound);
        var refused = await AllowAsync(province, 301, "2028-01-20").JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["per_clerk_and_day:out-of-range", "until:out-of-range"], refused.Faults());
        Assert.Equal(HttpStatusCode.NoContent, (await AllowAsync(province, 31, "2027-01-20")).StatusCode);
        for (var n = 0; n < 31; n++)
        {
            await counter.PostAsJsonAsync("/v1/certificates/hand-out", Work.HandOut(Person.Hoa))
                .JsonAsync(HttpStatusCode.OK);
        }
        await counter.PostAsJsonAsync("/v1/certificates/hand-out", Work.HandOut(Person.Hoa))
            .JsonAsync(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Broken_facts_name_every_field()
    {
        using var counter = service.Clerk();

        var refused = await TryAsync(counter, "12", "31/02/1985", "2026").JsonAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(
            ["identity_number", "date_of_birth", "last_vaccinated_on"],
            refused.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("field").GetString()));
    }

    static Task<HttpResponseMessage> TryAsync(HttpClient counter, string number, string born, string last) =>
        counter.PostAsJsonAsync("/v1/certificates/hand-out", new
        {
            identity_number = number, date_of_birth = born, last_vaccinated_on = last,
        });
}

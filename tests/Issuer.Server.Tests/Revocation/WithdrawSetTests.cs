using System.Net;
using System.Net.Http.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Revocation;

/// <summary>Beyond the budget of single acts: one request for the set, to the facility's province.</summary>
public sealed class WithdrawSetTests : OwnService
{
    [Fact]
    public async Task A_signatory_asks_for_a_set_of_their_own_and_their_province_decides()
    {
        await service.CertifyAsync(Person.Hoa);
        using var clerk = service.Clerk();
        var records = (await clerk.GetAsync("/v1/records").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records").EnumerateArray().Select(one => one.GetProperty("id").GetString()).ToList();
        using var signatory = service.Signatory();
        var body = new { reason = "fraud", because = "a stolen login", records };

        var counted = await signatory.PostAsJsonAsync("/v1/revocations?preview=true", body)
            .JsonAsync(HttpStatusCode.OK);
        Assert.Equal(1, counted.GetProperty("certificates").GetInt32());
        var asked = await signatory.PostAsJsonAsync("/v1/revocations", body).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal("withdraw-set", asked.GetProperty("act").GetString());
        var approve = $"/v1/approvals/{asked.GetProperty("id").GetString()}/approve";

        using var elsewhere = Province("02", "elsewhere");
        Assert.Equal(0, await WaitingAsync(elsewhere));
        await elsewhere.PostAsync(approve, null).JsonAsync(HttpStatusCode.Forbidden);
        await signatory.PostAsync(approve, null).JsonAsync(HttpStatusCode.Forbidden);
        // Who asked does not decide with another of their roles, nor with another spelling.
        using var both = Province("01", " SIGNATORY");
        await both.PostAsync(approve, null).JsonAsync(HttpStatusCode.Forbidden);
        await service.RoundAsync();
        using var citizen = service.Citizen(Person.Hoa.Number);
        Assert.Equal("current", (await citizen.CertificatesAsync())[0].GetProperty("state").GetString());

        using var province = Province("01", "officer");
        Assert.Equal(1, await WaitingAsync(province));
        await province.PostAsync(approve, null).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(0, await WaitingAsync(province));
        await service.RoundAsync();
        Assert.Equal("revoked", (await citizen.CertificatesAsync())[0].GetProperty("state").GetString());
        Assert.All(
            (await clerk.GetAsync("/v1/records").JsonAsync(HttpStatusCode.OK)).GetProperty("records").EnumerateArray(),
            one => Assert.True(one.GetProperty("withdrawn").GetBoolean()));
    }

    [Fact]
    public async Task A_province_asks_for_one_of_its_facilities_and_somebody_else_of_it_decides()
    {
        await service.CertifyAsync(Person.Hoa);
        using var one = Province("01", "one");
        using var other = Province("01", "other");
        var body = new { reason = "wrong-data", because = "entered twice", facility = RunningService.Facility };

        var asked = await one.PostAsJsonAsync("/v1/revocations", body).JsonAsync(HttpStatusCode.Accepted);
        var approve = $"/v1/approvals/{asked.GetProperty("id").GetString()}/approve";
        await one.PostAsync(approve, null).JsonAsync(HttpStatusCode.Forbidden);
        await other.PostAsync(approve, null).JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_reaches_another_facility_a_person_or_certificates_that_way()
    {
        await service.CertifyAsync(Person.Hoa);
        using var citizen = service.Citizen(Person.Hoa.Number);
        var certificates = new[] { (await citizen.CertificatesAsync())[0].GetProperty("id").GetString() };
        using var stranger = service.Signatory(RunningService.OtherFacility);
        using var elsewhere = Province("02", "elsewhere");
        using var own = service.Signatory();
        foreach (var path in new[] { "/v1/revocations", "/v1/revocations?preview=true" })
        {
            var theirs = new { reason = "fraud", because = "spite", facility = RunningService.Facility };
            await stranger.PostAsJsonAsync(path, theirs).JsonAsync(HttpStatusCode.Forbidden);
            await elsewhere.PostAsJsonAsync(path, theirs).JsonAsync(HttpStatusCode.Forbidden);
            foreach (var number in new[] { Person.Hoa.Number, "001185999999" })
            {
                await own.PostAsJsonAsync(path, new { reason = "fraud", because = "spite", identity_number = number })
                    .JsonAsync(HttpStatusCode.UnprocessableEntity);
            }
            await own.PostAsJsonAsync(path, new { reason = "fraud", because = "spite", certificates })
                .JsonAsync(HttpStatusCode.UnprocessableEntity);
        }
        // Records of others in a list of one's own are not of the set.
        using var clerk = service.Clerk();
        var records = (await clerk.GetAsync("/v1/records").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records").EnumerateArray().Select(one => one.GetProperty("id").GetString()).ToList();
        await stranger.PostAsJsonAsync("/v1/revocations", new { reason = "fraud", because = "spite", records })
            .JsonAsync(HttpStatusCode.Conflict);
    }

    HttpClient Province(string code, string sub) =>
        service.Client(service.Token(Roles.Province, ("sub", sub), ("province", code)));

    static async Task<int> WaitingAsync(HttpClient province) =>
        (await province.GetAsync("/v1/approvals").JsonAsync(HttpStatusCode.OK))
            .GetProperty("approvals").GetArrayLength();
}

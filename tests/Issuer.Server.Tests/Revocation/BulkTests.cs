using System.Net;
using System.Net.Http.Json;
using Issuer.Server.Edge.Access;
using Issuer.Storage.Pki;

namespace Issuer.Server.Tests.Revocation;

/// <summary>Many at once over HTTP: shown, approved by another, executed by the job.</summary>
public sealed class BulkTests : OwnService
{
    [Fact]
    public async Task A_persons_certificates_are_shown_then_revoked_when_another_says_yes()
    {
        await service.CertifyAsync(Person.Hoa);
        using var citizen = service.Citizen(Person.Hoa.Number);
        using var asker = Client(Roles.MinistryOperator, "asker");
        using var second = Client(Roles.MinistrySecurity, "second");
        var body = new { reason = "fraud", because = "invented doses", identity_number = Person.Hoa.Number };

        var impact = await asker.PostAsJsonAsync("/v1/revocations?preview=true", body).JsonAsync(HttpStatusCode.OK);
        Assert.Equal((1, 1), (impact.GetProperty("certificates").GetInt32(), impact.GetProperty("people").GetInt32()));
        Assert.DoesNotContain(Person.Hoa.Number, impact.ToString(), StringComparison.Ordinal);
        Assert.Equal("current", await StateAsync(citizen));

        var asked = await asker.PostAsJsonAsync("/v1/revocations", body).JsonAsync(HttpStatusCode.Accepted);
        Assert.DoesNotContain(Person.Hoa.Number, asked.ToString(), StringComparison.Ordinal);
        var again = await asker.PostAsJsonAsync("/v1/revocations", body).JsonAsync(HttpStatusCode.Accepted);
        var id = asked.GetProperty("id").GetString();
        Assert.Equal(id, again.GetProperty("id").GetString());
        await asker.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.Forbidden);
        await service.RoundAsync();
        Assert.Equal("current", await StateAsync(citizen));

        await second.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.OK);
        await service.RoundAsync();
        Assert.Equal("revoked", await StateAsync(citizen));
        var act = Assert.Single((await asker.GetAsync("/v1/revocations").JsonAsync(HttpStatusCode.OK))
            .GetProperty("acts").EnumerateArray());
        Assert.Equal((1, 0, 1), (act.GetProperty("done").GetInt32(), act.GetProperty("left_alone").GetInt32(),
            act.GetProperty("certificates").GetInt32()));
    }

    [Fact]
    public async Task Criteria_that_say_nothing_or_too_much_are_refused()
    {
        using var asker = Client(Roles.MinistryOperator, "asker");
        foreach (var body in new object[]
        {
            new { reason = "fraud", because = "x" },
            new { reason = "fraud", because = "x", facility = "1", kid = "AAAAAAAAAAA=" },
            new { reason = "leaked", because = "x", facility = "1" },
            new { reason = "fraud", because = "x", lot = "L1" },
            new { reason = "no-such", because = "x", facility = "1" },
        })
        {
            await asker.PostAsJsonAsync("/v1/revocations", body).JsonAsync(HttpStatusCode.UnprocessableEntity);
        }
        await asker.PostAsJsonAsync("/v1/revocations", new { reason = "fraud", because = "x", facility = "none" })
            .JsonAsync(HttpStatusCode.Conflict);
        await asker.PostAsJsonAsync(
            "/v1/revocations", new { reason = "fraud", because = "x", identity_number = "000000000000" })
            .JsonAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_withdrawn_dsc_leaves_the_trust_list_and_holders_have_new_certificates_in_the_same_round()
    {
        await service.CertifyAsync(Person.Hoa);
        using var citizen = service.Citizen(Person.Hoa.Number);
        using var one = Client(Roles.MinistrySecurity, "one");
        using var two = Client(Roles.MinistrySecurity, "two");
        var kid = (await service.Get<PkiStore>().DscsAsync(default)).First(d => !d.Withdrawn).Kid.ToString();

        var asked = await one.PostAsJsonAsync("/v1/dscs/withdraw", new { kid, reason = "its key is out" })
            .JsonAsync(HttpStatusCode.Accepted);
        await two.PostAsync($"/v1/approvals/{asked.GetProperty("id").GetString()}/approve", null).JsonAsync(
            HttpStatusCode.OK);
        Assert.Equal("revoked", await StateAsync(citizen));
        await service.RoundAsync();

        var states = (await citizen.CertificatesAsync()).Select(c => c.GetProperty("state").GetString()!).ToList();
        Assert.Equal(["current", "revoked"], states);
    }

    HttpClient Client(string role, string sub) => service.Client(service.Token(role, ("sub", sub)));

    static async Task<string?> StateAsync(HttpClient citizen) =>
        Assert.Single(await citizen.CertificatesAsync()).GetProperty("state").GetString();
}

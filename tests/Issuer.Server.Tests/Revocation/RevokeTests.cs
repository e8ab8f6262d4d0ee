using System.Net;
using System.Net.Http.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Revocation;

/// <summary>Revoking, reporting a leak and withdrawing a record over HTTP.</summary>
public sealed class RevokeTests : OwnService
{
    [Fact]
    public async Task The_ministry_revokes_and_the_holder_sees_it()
    {
        var (citizen, id) = await CertifiedAsync();
        using var ministry = Ministry();
        var body = new { reason = "fraud" };
        var first = await ministry.PostAsJsonAsync($"/v1/certificates/{id}/revoke", body).JsonAsync(HttpStatusCode.OK);
        var again = await ministry.PostAsJsonAsync($"/v1/certificates/{id}/revoke", body).JsonAsync(HttpStatusCode.OK);

        Assert.Equal(
            (1, 0), (first.GetProperty("certificates").GetInt32(), again.GetProperty("certificates").GetInt32()));
        Assert.Equal("revoked", Assert.Single(await citizen.CertificatesAsync()).GetProperty("state").GetString());
        citizen.Dispose();
    }

    [Fact]
    public async Task A_made_up_id_is_nobodys_certificate()
    {
        using var ministry = Ministry();
        foreach (var id in new[] { "0000000000000", "ZZZZZZZZZZZZZ", "1", "' or 1=1" })
        {
            await ministry.PostAsJsonAsync(
                $"/v1/certificates/{Uri.EscapeDataString(id)}/revoke", new { reason = "fraud" })
                .JsonAsync(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Every_fault_of_a_revocation_is_named()
    {
        using var ministry = Ministry();
        var problem = await ministry.PostAsJsonAsync(
            "/v1/certificates/0000000000000/revoke",
            new { reason = "other", suspend_until = "2020-01-01T00:00:00Z", why = 1 })
            .JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["note:missing", "suspend_until:out-of-range", "why:unknown-member"], problem.Faults().Order());
    }

    [Fact]
    public async Task A_suspension_is_shown_and_ends()
    {
        var (citizen, id) = await CertifiedAsync();
        using var ministry = Ministry();
        await ministry.PostAsJsonAsync(
            $"/v1/certificates/{id}/revoke",
            new { reason = "other", note = "being looked into", suspend_until = service.Now.AddDays(3) })
            .JsonAsync(HttpStatusCode.OK);
        Assert.Equal("suspended", Assert.Single(await citizen.CertificatesAsync()).GetProperty("state").GetString());
        citizen.Dispose();
    }

    [Fact]
    public async Task A_leak_is_the_holders_to_report_and_nobody_elses()
    {
        var (citizen, id) = await CertifiedAsync();
        using var other = service.Citizen(Person.Duc.Number);
        await other.PostAsync($"/v1/me/certificates/{id}/report-leak", null).JsonAsync(HttpStatusCode.NotFound);
        var first = await citizen.PostAsync($"/v1/me/certificates/{id}/report-leak", null).JsonAsync(HttpStatusCode.OK);
        var again = await citizen.PostAsync($"/v1/me/certificates/{id}/report-leak", null).JsonAsync(HttpStatusCode.OK);
        Assert.Equal("revoked", first.GetProperty("state").GetString());
        Assert.Equal(first.ToString(), again.ToString());
        var certificates = await citizen.CertificatesAsync();
        Assert.Equal(["current", "revoked"], certificates.Select(c => c.GetProperty("state").GetString()!).Order());
        Assert.Equal(
            first.GetProperty("successor").GetString(),
            certificates.Single(c => c.GetProperty("is_current").GetBoolean()).GetProperty("id").GetString());
        citizen.Dispose();
    }

    [Fact]
    public async Task Who_leaks_one_after_another_is_sent_to_the_hotline()
    {
        var (citizen, id) = await CertifiedAsync();
        for (var leak = 0; leak < 3; leak++)
        {
            id = (await citizen.PostAsync($"/v1/me/certificates/{id}/report-leak", null).JsonAsync(HttpStatusCode.OK))
                .GetProperty("successor").GetString()!;
        }
        await citizen.PostAsync($"/v1/me/certificates/{id}/report-leak", null).JsonAsync(
            HttpStatusCode.TooManyRequests);
        citizen.Dispose();
    }

    [Fact]
    public async Task A_facility_withdraws_its_own_record_and_the_version_it_saw()
    {
        using var owner = service.Clerk();
        using var other = service.Clerk(RunningService.OtherFacility);
        var id = (await owner.SubmitAsync(Person.Duc.Dose("w", 1, "2026-03-01"))).GetProperty("id").GetString();
        await WithdrawAsync(other, id, "1", "fraud", HttpStatusCode.NotFound);
        await WithdrawAsync(owner, id, "2", "fraud", HttpStatusCode.Conflict);
        await WithdrawAsync(owner, id, "1", "leaked", HttpStatusCode.UnprocessableEntity);
        await WithdrawAsync(owner, id, "1", "wrong-data", HttpStatusCode.OK);
        var record = await owner.GetAsync($"/v1/records/{id}").JsonAsync(HttpStatusCode.OK);
        Assert.True(record.GetProperty("withdrawn").GetBoolean());
    }

    static async Task WithdrawAsync(
        HttpClient client, string? id, string version, string reason, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/records/{id}/withdraw")
        {
            Content = JsonContent.Create(new { reason }),
        };
        request.Headers.IfMatch.ParseAdd($"\"{version}\"");
        await client.SendAsync(request).JsonAsync(expected);
    }

    HttpClient Ministry() => service.Client(service.Token(Roles.MinistryOperator, ("sub", "operator")));

    async Task<(HttpClient Citizen, string Id)> CertifiedAsync()
    {
        await service.CertifyAsync(Person.Hoa);
        var citizen = service.Citizen(Person.Hoa.Number);
        return (citizen, (await citizen.CertificatesAsync())[0].GetProperty("id").GetString()!);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Issuer.Server.Edge.Access;
using V1 = Issuer.Server.Edge.Grpc.V1;

namespace Issuer.Server.Tests.Revocation;

/// <summary>What one person does alone: a budget for facilities, a second person for the ministry.</summary>
public sealed class SingleActTests : IAsyncLifetime
{
    readonly RunningService service = new() { WaitsForSecond = true };

    public Task InitializeAsync() => service.InitializeAsync();

    public Task DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task The_twenty_first_withdrawal_of_a_day_is_refused_with_what_to_do_over_both_protocols()
    {
        using var clerk = service.Clerk();
        var records = new List<string>();
        for (var n = 0; n < 22; n++)
        {
            records.Add((await clerk.SubmitAsync(Person.Duc.Dose($"w{n}", 1, "2026-03-01")))
                .GetProperty("id").GetString()!);
        }
        foreach (var id in records[..20])
        {
            await SendAsync(clerk, $"/v1/records/{id}/withdraw", "wrong-data", HttpStatusCode.OK);
        }

        var problem = await SendAsync(
            clerk, $"/v1/records/{records[20]}/withdraw", "wrong-data", HttpStatusCode.TooManyRequests);
        Assert.Contains("POST /v1/revocations", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var grpc = service.Grpc(
            service.Token(Roles.FacilityClerk, ("sub", " CLERK"), ("facility", RunningService.Facility)));
        Assert.Equal(
            StatusCode.ResourceExhausted,
            (await grpc.CallAsync(
                "/issuer.v1.Revocations/WithdrawRecord",
                new V1.WithdrawRecordRequest { RecordId = records[21], Version = 1, Reason = "wrong-data" })).Status);
        using var other = service.Clerk(sub: "another");
        await SendAsync(other, $"/v1/records/{records[20]}/withdraw", "wrong-data", HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_correction_of_what_is_certified_is_refused_when_the_budget_is_spent()
    {
        await service.CertifyAsync(Person.Hoa);
        using var clerk = service.Clerk();
        for (var n = 0; n < 20; n++)
        {
            var id = (await clerk.SubmitAsync(Person.Duc.Dose($"w{n}", 1, "2026-03-01"))).GetProperty("id").GetString();
            await SendAsync(clerk, $"/v1/records/{id}/withdraw", "wrong-data", HttpStatusCode.OK);
        }
        var record = (await clerk.GetAsync("/v1/records").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records").EnumerateArray().First(r => r.GetProperty("state").GetString() == "matched");

        using var request = new HttpRequestMessage(
            HttpMethod.Put, $"/v1/records/{record.GetProperty("id").GetString()}")
        {
            Content = JsonContent.Create(
                Person.Hoa.Dose(record.GetProperty("reference").GetString()!, 1, "2026-02-01")),
        };
        request.Headers.IfMatch.ParseAdd("\"1\"");
        var problem = await clerk.SendAsync(request).JsonAsync(HttpStatusCode.TooManyRequests);

        Assert.Equal(["reference:too-often"], problem.Faults());
        using var citizen = service.Citizen(Person.Hoa.Number);
        Assert.Equal("current", await StateAsync(citizen));
    }

    [Fact]
    public async Task The_ministrys_revocation_waits_for_a_second_person_and_says_so_over_both_protocols()
    {
        await service.CertifyAsync(Person.Hoa);
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString()!;
        using var one = Ministry(Roles.MinistryOperator, "one");
        using var two = Ministry(Roles.MinistrySecurity, "two");

        var asked = await SendAsync(one, $"/v1/certificates/{id}/revoke", "fraud", HttpStatusCode.Accepted);
        Assert.Equal("revoke-in-bulk", asked.GetProperty("act").GetString());
        var again = await SendAsync(one, $"/v1/certificates/{id}/revoke", "fraud", HttpStatusCode.Accepted);
        Assert.Equal(asked.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        using var grpc = service.Grpc(service.Token(Roles.MinistryOperator, ("sub", "one")));
        var revoked = (await grpc.CallAsync(
            "/issuer.v1.Revocations/Revoke", new V1.RevokeRequest { CertificateId = id, Reason = "fraud" }))
            .Read(V1.Revoked.Parser);
        Assert.Equal((0, asked.GetProperty("id").GetString()), (revoked.Certificates, revoked.Asked.Id));
        await service.RoundAsync();
        Assert.Equal("current", await StateAsync(citizen));

        await two.PostAsync($"/v1/approvals/{asked.GetProperty("id").GetString()}/approve", null)
            .JsonAsync(HttpStatusCode.OK);
        await service.RoundAsync();
        Assert.Equal("revoked", await StateAsync(citizen));
        var stands = await SendAsync(one, $"/v1/certificates/{id}/revoke", "fraud", HttpStatusCode.OK);
        Assert.Equal(0, stands.GetProperty("certificates").GetInt32());
    }

    [Fact]
    public async Task A_suspension_waits_too_and_the_second_person_sees_its_end()
    {
        await service.CertifyAsync(Person.Hoa);
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString();
        using var one = Ministry(Roles.MinistryOperator, "one");
        using var two = Ministry(Roles.MinistrySecurity, "two");
        var end = service.Now.AddDays(3);

        var asked = await one.PostAsJsonAsync(
            $"/v1/certificates/{id}/revoke", new { reason = "other", note = "being looked into", suspend_until = end })
            .JsonAsync(HttpStatusCode.Accepted);
        var command = asked.GetProperty("command");
        Assert.Equal("being looked into", command.GetProperty("reason").GetString());
        Assert.Equal(
            end.ToUnixTimeSeconds(),
            command.GetProperty("criteria").GetProperty("suspend_until").GetDateTimeOffset().ToUnixTimeSeconds());
        await two.PostAsync($"/v1/approvals/{asked.GetProperty("id").GetString()}/approve", null)
            .JsonAsync(HttpStatusCode.OK);
        await service.RoundAsync();
        Assert.Equal("suspended", await StateAsync(citizen));
    }

    [Theory]
    [InlineData("leaked")]
    [InlineData("holder-request")]
    public async Task A_leak_and_a_holders_request_take_one_person_of_the_ministry(string reason)
    {
        await service.CertifyAsync(Person.Hoa);
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString();
        using var one = Ministry(Roles.MinistryOperator, "one");

        var done = await SendAsync(one, $"/v1/certificates/{id}/revoke", reason, HttpStatusCode.OK);
        Assert.Equal(1, done.GetProperty("certificates").GetInt32());
    }

    [Fact]
    public async Task The_ministry_withdraws_a_facilitys_record_by_two_people_and_only_the_version_it_saw()
    {
        using var clerk = service.Clerk();
        var id = (await clerk.SubmitAsync(Person.Duc.Dose("w", 1, "2026-03-01"))).GetProperty("id").GetString();
        using var one = Ministry(Roles.MinistryOperator, "one");
        using var two = Ministry(Roles.MinistrySecurity, "two");

        await SendAsync(one, $"/v1/records/{id}/withdraw", "fraud", HttpStatusCode.Conflict, "2");
        var asked = await SendAsync(one, $"/v1/records/{id}/withdraw", "fraud", HttpStatusCode.Accepted);
        await two.PostAsync($"/v1/approvals/{asked.GetProperty("id").GetString()}/approve", null)
            .JsonAsync(HttpStatusCode.OK);
        await service.RoundAsync();

        Assert.True((await clerk.GetAsync($"/v1/records/{id}").JsonAsync(HttpStatusCode.OK))
            .GetProperty("withdrawn").GetBoolean());
        await SendAsync(one, $"/v1/records/{id}/withdraw", "fraud", HttpStatusCode.OK);
    }

    HttpClient Ministry(string role, string sub) => service.Client(service.Token(role, ("sub", sub)));

    static async Task<string?> StateAsync(HttpClient citizen) =>
        Assert.Single(await citizen.CertificatesAsync()).GetProperty("state").GetString();

    static async Task<JsonElement> SendAsync(
        HttpClient client, string path, string reason, HttpStatusCode expected, string version = "1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(new { reason }),
        };
        request.Headers.IfMatch.ParseAdd($"\"{version}\"");
        return await client.SendAsync(request).JsonAsync(expected);
    }
}

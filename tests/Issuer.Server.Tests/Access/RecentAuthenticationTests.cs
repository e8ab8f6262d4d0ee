using System.Net;
using System.Text;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Access;

/// <summary>A token stolen an hour after its owner signed in approves, revokes and registers nothing.</summary>
public sealed class RecentAuthenticationTests(RunningService service) : IClassFixture<RunningService>
{
    [Theory]
    [InlineData("POST", "/v1/approvals/x/approve", Roles.MinistryOperator)]
    [InlineData("POST", "/v1/approvals/x/reject", Roles.MinistrySecurity)]
    [InlineData("POST", "/v1/certificates/x/revoke", Roles.MinistrySecurity)]
    [InlineData("POST", "/v1/certificates/x/undo-revocation", Roles.MinistryOperator)]
    [InlineData("POST", "/v1/revocations", Roles.MinistryOperator)]
    [InlineData("POST", "/v1/dscs/withdraw", Roles.MinistrySecurity)]
    [InlineData("POST", "/v1/holds/x/withdraw", Roles.MinistryOperator)]
    [InlineData("POST", "/v1/authority/change", Roles.MinistrySecurity)]
    [InlineData("POST", "/v1/records/x/withdraw", Roles.MinistryOperator)]
    [InlineData("PUT", "/v1/facilities/01-0001/attestation-key", Roles.MinistrySecurity)]
    [InlineData("POST", "/v1/attestations", Roles.FacilitySignatory)]
    public async Task It_is_asked_for_again(string method, string path, string role)
    {
        var tooOld = service.Now.AddMinutes(-16).ToUnixTimeSeconds();
        var ahead = service.Now.AddMinutes(5).ToUnixTimeSeconds();
        foreach (var (at, isRefused) in new (object, bool)[]
        {
            (tooOld, true), (ahead, true), ("monday", true), (service.Now.AddMinutes(-14).ToUnixTimeSeconds(), false),
        })
        {
            using var client = service.Client(
                service.Token(role, ("facility", RunningService.Facility), ("auth_time", at)));
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = new StringContent("{}", Encoding.UTF8, "application/json"),
                Headers = { { "If-Match", "\"1\"" } },
            };
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();

            Assert.Equal(isRefused, text.Contains("stale-authentication", StringComparison.Ordinal));
            Assert.Equal(isRefused, answer.StatusCode == HttpStatusCode.Forbidden);
        }
    }
}

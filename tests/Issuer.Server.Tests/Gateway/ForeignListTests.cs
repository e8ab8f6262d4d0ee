using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Issuer.Server.Tests.Gateway;

/// <summary>What is published of other countries' DSCs and revocations.</summary>
public sealed class ForeignListTests : GermanyBeside
{
    [Fact]
    public async Task A_store_that_lost_rows_takes_nothing_foreign_out_of_the_publication_while_ours_goes_on()
    {
        var (hc1, refused) = (germany.Certify(dsc, "URN:UVCI:01:DE:1#A"), germany.Certify(dsc, "URN:UVCI:01:DE:2#B"));
        gateway.Add("DE", germany.Batch(SignatureHash(refused), "SIGNATURE", dsc.Kid), 1);
        await SyncWellAsync();
        await PublishAsync();
        await SqlAsync("delete from believed_key");
        await SqlAsync("delete from gateway_batch");
        await PublishAsync();

        Assert.Equal(["valid", "revoked"], [await VerdictAsync(hc1), await VerdictAsync(refused)]);
        var publication = (await anybody.GetAsync("/healthz/ready").JsonAsync(HttpStatusCode.OK))
            .GetProperty("publication");
        var why = publication.GetProperty("refused").GetString();
        Assert.Contains("6 would leave that no row explains", why);
        Assert.Contains("1 hashes would leave though nobody deleted them", why);
        Assert.Equal(1, await MetricAsync("issuer_publication_refused"));

        await SyncWellAsync();
        await PublishAsync();
        Assert.Equal(0, await MetricAsync("issuer_publication_refused"));
        Assert.Equal(["valid", "revoked"], [await VerdictAsync(hc1), await VerdictAsync(refused)]);
    }

    [Fact]
    public async Task The_EUs_apps_are_told_of_foreign_DSCs_in_one_walk_with_ours_and_when_one_leaves()
    {
        await service.RoundAsync();
        var ours = await StatusAsync();
        await SyncWellAsync();
        await service.RoundAsync();
        var all = await StatusAsync();
        Assert.Equal(ours, all.Take(ours.Count));
        Assert.Equal(ours.Count + 6, all.Count);
        Assert.Equal(all, await WalkAsync());
        var asked = await anybody.PostAsJsonAsync("/signercertificateUpdate", all).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(
            (6, ours.Count),
            (asked.GetProperty("DE").GetArrayLength(), asked.GetProperty("VN").GetArrayLength()));

        var own = await anybody.GetFromJsonAsync<JsonElement>("/v1/trust-list");
        Assert.All(own.EnumerateArray(), item => Assert.Equal("VN", item.GetProperty("country").GetString()));

        gateway.Items.RemoveAll(item => item.Kid == dsc.Kid);
        await SyncWellAsync();
        await service.RoundAsync();
        Assert.Equal(all.Where(kid => kid != dsc.Kid), await StatusAsync());
        Assert.Equal(await StatusAsync(), await WalkAsync());
        var delta = await anybody.GetFromJsonAsync<JsonElement>("/signercertificateStatus/delta");
        Assert.Equal([dsc.Kid], delta.GetProperty("deleted").EnumerateArray().Select(kid => kid.GetString()));
        Assert.Equal("unknown-issuer", await VerdictAsync(germany.Certify(dsc, "URN:UVCI:01:DE:1#A")));
    }

    async Task<List<string>> StatusAsync() =>
        (await anybody.GetFromJsonAsync<List<string>>("/signercertificateStatus"))!;

    async Task<List<string>> WalkAsync()
    {
        List<string> met = [];
        var token = "";
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/signercertificateUpdate");
            request.Headers.Add("X-RESUME-TOKEN", token);
            using var answer = await anybody.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.NoContent)
            {
                return met;
            }
            met.Add(answer.Headers.GetValues("X-KID").Single());
            token = answer.Headers.GetValues("X-RESUME-TOKEN").Single();
        }
    }
}

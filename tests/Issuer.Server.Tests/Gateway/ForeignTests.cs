using System.Net;
using Issuer.Verification.TrustLists;
using Microsoft.AspNetCore.Http;

namespace Issuer.Server.Tests.Gateway;

/// <summary>From another country's gateway to the verdict on its certificate; and what must not change it.</summary>
public sealed class ForeignTests : GermanyBeside
{
    [Fact]
    public async Task A_foreign_certificate_is_valid_once_its_key_is_published_and_revoked_once_its_batch_is()
    {
        var (hc1, other) = (germany.Certify(dsc, "URN:UVCI:01:DE:1#A"), germany.Certify(dsc, "URN:UVCI:01:DE:2#B"));
        await PublishAsync();
        Assert.Equal("unknown-issuer", await VerdictAsync(hc1));

        await SyncWellAsync();
        await service.RoundAsync();
        Assert.Equal("valid", await VerdictAsync(hc1));
        await PublishAsync();
        string[] bundle = ["--bundle", Path.Combine(www, "bundle.bin")];
        string[] folder = ["--trust", Path.Combine(www, TrustListFiles.StatementPath), "--revocation", www];
        string[] addresses =
        [
            "--trust", $"{anybody.BaseAddress}v1/trust-list/list.jws", "--revocation", $"{anybody.BaseAddress}v1",
        ];
        Assert.All([bundle, folder, addresses], lists => Assert.Equal("valid", VerdictByProgram(hc1, lists)));
        Assert.Equal("unknown-issuer", VerdictByProgram(hc1, "--trust", Path.Combine(www, TrustListFiles.EuPath)));

        gateway.Add("DE", germany.Batch(SignatureHash(hc1), "SIGNATURE", dsc.Kid), 1);
        await SyncWellAsync();
        await service.RoundAsync();
        Assert.Equal("valid", await VerdictAsync(hc1));
        await PublishAsync();
        Assert.Equal(["revoked", "valid"], [await VerdictAsync(hc1), await VerdictAsync(other)]);
        Assert.All([bundle, folder, addresses], lists =>
            Assert.Equal(["revoked", "valid"], [VerdictByProgram(hc1, lists), VerdictByProgram(other, lists)]));
    }

    [Fact]
    public async Task A_batch_that_was_deleted_or_lapsed_revokes_no_more()
    {
        var (hc1, suspended) = (germany.Certify(dsc, "URN:UVCI:01:DE:1#A"), germany.Certify(dsc, "URN:UVCI:01:DE:2#B"));
        var kept = gateway.Add("DE", germany.Batch(SignatureHash(hc1), "SIGNATURE", dsc.Kid), 1);
        gateway.Add("DE", germany.Batch(
            SignatureHash(suspended), "SIGNATURE", "UNKNOWN_KID", expires: "2027-02-01T00:00:00Z"), 2);
        await SyncWellAsync();
        await PublishAsync();
        Assert.Equal(["revoked", "revoked"], [await VerdictAsync(hc1), await VerdictAsync(suspended)]);
        Assert.Equal("valid", (await JudgeAsync(suspended, "2027-02-01T00:00:00Z")).GetProperty("verdict").GetString());

        gateway.Delete(kept, 3);
        await SyncWellAsync();
        await PublishAsync();
        Assert.Equal(["valid", "revoked"], [await VerdictAsync(hc1), await VerdictAsync(suspended)]);
        Assert.Equal(0, (await SyncAsync()).ForeignBatchesTaken);
    }

    [Fact]
    public async Task No_foreign_key_speaks_for_our_country_nor_says_that_an_expired_one_can_be_had_anew()
    {
        await SyncWellAsync();
        await PublishAsync();
        Assert.Equal("unknown-issuer", await VerdictAsync(germany.Certify(dsc, "URN:UVCI:01:VN:1#A", issuer: "VN")));
        Assert.Equal(
            "unknown-issuer",
            await VerdictAsync(germany.Certify(dsc, "URN:UVCI:01:VN:1#A", entryCountry: "VN")));
        var expired = await JudgeAsync(germany.Certify(dsc, "URN:UVCI:01:DE:1#A"), "2029-01-01T00:00:00Z");
        Assert.Equal("expired", expired.GetProperty("verdict").GetString());
        Assert.False(expired.GetProperty("can_be_had_anew").GetBoolean());
    }

    [Fact]
    public async Task
        What_of_an_earlier_world_comes_back_empty_shrunken_or_broken_changes_no_verdict_and_health_says_why()
    {
        var hc1 = germany.Certify(dsc, "URN:UVCI:01:DE:1#A");
        await SyncWellAsync();
        await PublishAsync();
        Assert.Equal(0, await MetricAsync("issuer_gateway_refused"));
        Assert.Equal(6, await MetricAsync("issuer_gateway_foreign_dscs"));
        var good = gateway.Items.ToList();

        gateway.Items.RemoveAll(item => item.CertificateType == "DSC");
        await StaysAsync(hc1, "no DSC that can be believed");
        gateway.Items.Clear();
        await StaysAsync(hc1, "no DSC that can be believed");
        gateway.Items.AddRange(good.Where(item => item.CertificateType != "DSC" || item.Kid != dsc.Kid).SkipLast(2));
        await StaysAsync(hc1, "3 of 6 DSCs would leave at once");
        gateway.Fault = (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.FromResult(true);
        };
        await StaysAsync(hc1, "failed and are tried again");

        gateway.Fault = null;
        gateway.Items.Clear();
        gateway.Items.AddRange(good);
        await SyncWellAsync();
        Assert.Equal(0, await MetricAsync("issuer_gateway_refused"));
    }

    async Task StaysAsync(string hc1, string why)
    {
        Assert.False((await SyncAsync()).IsGood);
        await PublishAsync();
        var health = await anybody.GetAsync("/healthz/ready").JsonAsync(HttpStatusCode.OK);
        Assert.Contains(why, health.GetProperty("gateway").GetProperty("refused").GetString());
        Assert.Equal(1, await MetricAsync("issuer_gateway_refused"));
        Assert.Equal("valid", await VerdictAsync(hc1));
        Assert.Equal("valid", VerdictByProgram(hc1, "--bundle", Path.Combine(www, "bundle.bin")));
    }
}

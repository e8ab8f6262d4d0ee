using System.Text;
using Issuer.Benchmarks;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Hosting.Jobs;
using Issuer.Storage.Gateway;
using Microsoft.AspNetCore.Http;

namespace Issuer.Server.Tests.Gateway;

/// <summary>What of a gateway's answers is believed and kept, whatever they are.</summary>
public sealed class DownloadTests : IAsyncLifetime
{
    readonly StandInGateway gateway = new();
    readonly RunningService service = new();
    readonly Country germany = new("DE");
    readonly Country france = new("FR");

    public async Task InitializeAsync()
    {
        await gateway.InitializeAsync();
        await service.InitializeAsync();
        gateway.LayKeys(service.Issuer);
        gateway.Enter(germany, germany.Dsc(), germany.Dsc());
        gateway.Enter(france, france.Dsc());
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await gateway.DisposeAsync();
    }

    Task<GatewayRound> SyncAsync(bool isAccepted = false) => service.SyncAsync(gateway.Options, isAccepted);

    async Task<IEnumerable<string>> DscsAsync() => (await service.Get<GatewayStore>().KeysAsync(default))
        .Where(key => key is { HasLeft: false, Key.Kind: "DSC" }).Select(key => key.Key.Kid).Order();

    async Task<IEnumerable<string>> BatchesAsync() => (await service.Get<GatewayStore>().BatchesAsync(default))
        .Where(batch => !batch.HasLeft).Select(batch => batch.Batch.Id).Order();

    [Fact]
    public async Task A_DSC_is_believed_under_its_countrys_upload_certificate_and_CSCA_and_not_otherwise()
    {
        var good = gateway.Items.Where(item => item.CertificateType == "DSC").Select(item => item.Kid).Order().ToList();
        var (stranger, relabelled) = (new Country("IT"), germany.Dsc());
        Item[] bad =
        [
            germany.Dsc(signer: france.Upload), germany.Dsc(issuer: france.Csca), germany.Dsc(signer: germany.Csca),
            stranger.Dsc(), relabelled with { Country = "FR" }, relabelled with { Kid = good[0] },
            relabelled with { RawData = null }, relabelled with { CertificateType = "CSCA" },
            Item.Of("CSCA", "IT", stranger.Csca, germany.Upload),
            Item.Of("UPLOAD", "IT", stranger.Upload, stranger.Upload),
        ];
        gateway.Items.AddRange(bad);
        gateway.Items.Add(gateway.Vietnam.Dsc());
        var round = await SyncAsync();
        Assert.True(round.IsGood, string.Join("; ", round.Failed));
        Assert.Equal(bad.Length, round.Disbelieved.Count);
        Assert.Equal(good, await DscsAsync());
    }

    [Fact]
    public async Task Batches_are_taken_page_by_page_once_each()
    {
        var kept = Enumerable.Range(0, 5).Select(n => gateway.Add("DE", germany.Batch(n), n)).ToList();
        Assert.Equal(5, (await SyncAsync()).ForeignBatchesTaken);
        Assert.Equal(kept.Select(batch => batch.Id).Order(), await BatchesAsync());
        var asked = gateway.Count("GET /revocation-list/");
        Assert.Equal(0, (await SyncAsync()).ForeignBatchesTaken);
        Assert.Equal(asked, gateway.Count("GET /revocation-list/"));
    }

    [Fact]
    public async Task A_batch_is_believed_under_its_countrys_upload_certificate_and_not_otherwise()
    {
        gateway.Add("DE", germany.Batch(1, signer: france.Upload), 1);
        gateway.Add("DE", germany.Batch(2, country: "FR"), 2);
        gateway.Add("DE", "bm90IGEgQ01T", 3);
        gateway.Add("DE", germany.Batch(4, expires: "2026-01-01T00:00:00Z"), 4);
        gateway.Add("IT", new Country("IT").Batch(5), 5);
        var good = gateway.Add("DE", germany.Batch(6), 6);
        var round = await SyncAsync();
        Assert.Equal((4, 1), (round.Disbelieved.Count, round.ForeignBatchesTaken));
        Assert.Equal([good.Id], await BatchesAsync());
    }

    [Fact]
    public async Task A_batch_that_failed_is_asked_for_until_it_comes_though_later_ones_came()
    {
        var batches = Enumerable.Range(0, 4).Select(n => gateway.Add("DE", germany.Batch(n), n)).ToList();
        gateway.Fault = (http, _) =>
        {
            var isIll = http.Request.Path == $"/revocation-list/{batches[1].Id}";
            http.Response.StatusCode = isIll ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
            return Task.FromResult(isIll);
        };
        Assert.Equal(3, (await SyncAsync()).ForeignBatchesTaken);
        Assert.Single((await SyncAsync()).Failed);
        gateway.Fault = null;
        Assert.Equal(1, (await SyncAsync()).ForeignBatchesTaken);
        Assert.Equal(4, (await BatchesAsync()).Count());
    }

    [Fact]
    public async Task Many_batches_leave_at_once_only_when_a_person_has_looked_or_as_many_came()
    {
        var batches = Enumerable.Range(0, 6).Select(n => gateway.Add("DE", germany.Batch(n), n)).ToList();
        await SyncAsync();
        foreach (var (index, batch) in batches.Take(3).Index())
        {
            gateway.Delete(batch, 20 + index);
        }
        var refused = await SyncAsync();
        Assert.Contains("3 of 6 foreign batches would leave at once", Assert.Single(refused.Refused));
        Assert.Contains("3 of 6", service.Get<HealthOfJobs>().Of(GatewayJob.Name).State.Why);
        Assert.Equal(6, (await BatchesAsync()).Count());
        Assert.Equal(3, (await SyncAsync(isAccepted: true)).ForeignBatchesRemoved);

        foreach (var (index, batch) in batches.Skip(3).Index())
        {
            gateway.Delete(batch, 30 + index);
            gateway.Add("DE", germany.Batch(10 + index), 40 + index);
        }
        Assert.True((await SyncAsync()).IsGood);
        Assert.Equal(3, (await BatchesAsync()).Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Bent_answers_bring_nothing_that_was_not_there(int seed)
    {
        gateway.Add("DE", germany.Batch(1), 1);
        await SyncAsync();
        var (dscs, batches) = (await DscsAsync(), await BatchesAsync());
        gateway.Add("DE", germany.Batch(2), 2);
        gateway.Items.Add(germany.Dsc());
        var count = seed * 1000L;
        gateway.Bend = bytes =>
        {
            var chance = RevocationSample.Mix((ulong)Interlocked.Increment(ref count));
            bytes[chance % (ulong)bytes.Length] ^= (byte)(1 << (int)((chance >> 32) % 7));
            return bytes;
        };
        var later = gateway.Items.Where(item => item.CertificateType == "DSC").Select(item => item.Kid).ToList();
        for (var round = 0; round < 5; round++)
        {
            await SyncAsync();
            Assert.Subset(later.ToHashSet(), (await DscsAsync()).ToHashSet());
            Assert.True((await DscsAsync()).Count() >= dscs.Count() - 1);
            Assert.Superset(batches.ToHashSet(), (await BatchesAsync()).ToHashSet());
        }
        gateway.Bend = null;
        await SyncAsync(isAccepted: true);
        Assert.Equal(later.Order(), await DscsAsync());
    }

    [Fact]
    public async Task An_answer_without_an_end_or_that_is_no_list_leaves_everything_as_it_was()
    {
        await SyncAsync();
        var dscs = await DscsAsync();
        foreach (var body in new[] { "", "{}", "null", "[1]", "<html>", new string('[', 10_000) })
        {
            gateway.Fault = async (http, _) =>
            {
                await http.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(body));
                return true;
            };
            Assert.False((await SyncAsync()).IsGood);
            Assert.Equal(dscs, await DscsAsync());
        }
        gateway.Fault = async (http, _) =>
        {
            var blanks = new byte[1024 * 1024];
            for (var sent = 0; sent < 18; sent++)
            {
                await http.Response.Body.WriteAsync(blanks);
            }
            return true;
        };
        Assert.Contains(
            (await SyncAsync()).Failed,
            failure => failure.Why.Contains("without an end", StringComparison.Ordinal));
        Assert.Equal(dscs, await DscsAsync());
    }
}

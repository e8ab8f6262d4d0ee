using System.Net.Http.Json;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Storage.Pki;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Issuer.Server.Tests.Gateway;

/// <summary>What of ours the gateway has after a round, whatever went wrong in it.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    readonly StandInGateway gateway = new();
    readonly RunningService service = new();

    public async Task InitializeAsync()
    {
        await gateway.InitializeAsync();
        await service.InitializeAsync();
        gateway.LayKeys(service.Issuer);
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await gateway.DisposeAsync();
    }

    Task<GatewayRound> SyncAsync(GatewayOptions? options = null) =>
        service.SyncAsync(options ?? gateway.Options);

    /// <summary>One revoked certificate, published.</summary>
    async Task RevokeAsync(Person person)
    {
        await service.CertifyAsync(person);
        using var citizen = service.Citizen(person.Number);
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString();
        using var ministry = service.Client(service.Token(Roles.MinistrySecurity));
        await ministry.PostAsJsonAsync($"/v1/certificates/{id}/revoke", new { reason = "fraud" })
            .JsonAsync(System.Net.HttpStatusCode.OK);
        await PublishAsync();
    }

    Task<PublicationCounts> PublishAsync() => service.Get<PublishRound>().RunAsync(isForced: true, null, default);

    async Task SqlAsync(string sql)
    {
        await using var database = await Database.OpenAsync(null, service.Get<DataFolder>().Path, default);
        await database.WriteAsync(session => session.ExecuteAsync(sql), default);
    }

    int Standing => gateway.Batches.Count(batch => !batch.IsDeleted);

    [Fact]
    public async Task Our_DSCs_and_batches_are_there_after_one_round_and_nothing_is_sent_twice()
    {
        await RevokeAsync(Person.Hoa);
        var round = await SyncAsync();
        Assert.True(round.IsGood, string.Join("; ", round.Failed));
        Assert.Equal((1, gateway.Uploaded.Count), (round.BatchesUploaded, round.DscsUploaded));
        Assert.NotEmpty(gateway.Uploaded);
        Assert.Equal(1, Standing);
        var sent = gateway.Count("POST");

        Assert.True((await SyncAsync()).IsGood);
        Assert.Equal(sent, gateway.Count("POST"));
    }

    [Fact]
    public async Task What_exists_already_counts_as_done()
    {
        foreach (var dsc in await service.Get<PkiStore>().DscsAsync(default))
        {
            gateway.Uploaded.Add(Convert.ToBase64String(dsc.Der.Span));
        }
        Assert.True((await SyncAsync()).IsGood);
        var sent = gateway.Count("POST");
        Assert.True((await SyncAsync()).IsGood);
        Assert.Equal(sent, gateway.Count("POST"));
    }

    [Fact]
    public async Task A_failed_item_blocks_no_other_and_is_tried_in_the_next_round()
    {
        await RevokeAsync(Person.Hoa);
        gateway.Fault = (http, _) => Refuse(http, "/signerCertificate", StatusCodes.Status500InternalServerError);
        var failed = await SyncAsync();
        Assert.Equal(0, failed.DscsUploaded);
        Assert.Equal(1, failed.BatchesUploaded);
        Assert.All(failed.Failed, failure => Assert.Contains("answered 500", failure.Why));

        gateway.Fault = null;
        Assert.True((await SyncAsync()).IsGood);
        Assert.NotEmpty(gateway.Uploaded);
        Assert.Equal(1, Standing);
    }

    [Fact]
    public async Task A_withdrawn_DSC_leaves_the_gateway()
    {
        await SyncAsync();
        var all = gateway.Uploaded.Count;
        await SqlAsync("update dsc set withdrawn = 1");
        await service.Get<ActiveDscs>().LoadAsync(default);

        var round = await SyncAsync();
        Assert.True(round.IsGood);
        Assert.Equal(all, round.DscsWithdrawn);
        Assert.Equal(round.DscsUploaded, gateway.Uploaded.Count);
        Assert.Equal(0, (await SyncAsync()).DscsWithdrawn);
    }

    [Fact]
    public async Task A_batch_that_left_the_publication_is_deleted_by_the_name_the_gateway_gave()
    {
        await RevokeAsync(Person.Hoa);
        await SyncAsync();
        await SqlAsync(
            "update revocation set undone_at = effective_at, undone_by = 'test', undone_reason = 'mistaken'");
        await PublishAsync();

        var round = await SyncAsync();
        Assert.True(round.IsGood, string.Join("; ", round.Failed));
        Assert.Equal((1, 0), (round.BatchesDeleted, Standing));
        Assert.Equal(0, (await SyncAsync()).BatchesDeleted);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_thrice_stands_there_once_in_the_end()
    {
        await RevokeAsync(Person.Hoa);
        gateway.Fault = (http, _) =>
        {
            if (http.Request.Method == "POST" && http.Request.Path == "/revocation-list")
            {
                http.Response.OnStarting(() =>
                {
                    http.Abort();
                    return Task.CompletedTask;
                });
            }
            return Task.FromResult(false);
        };
        Assert.Single((await SyncAsync()).Failed);
        Assert.Equal(3, Standing);

        gateway.Fault = null;
        var round = await SyncAsync();
        Assert.True(round.IsGood, string.Join("; ", round.Failed));
        Assert.Equal((0, 1), (round.BatchesUploaded, Standing));
        await SyncAsync();
        Assert.Equal(1, Standing);
    }

    [Fact]
    public async Task A_stranger_is_not_let_in_and_an_unknown_server_not_spoken_to()
    {
        var asked = gateway.Asked.Count;
        Assert.Contains("not reached", (await SyncAsync(gateway.Options with { TlsKey = "stranger" })).Failed[0].Why);
        Assert.Contains(
            "not reached", (await SyncAsync(gateway.Options with { ServerRoot = "gateway-anchor" })).Failed[0].Why);
        Assert.Contains("not reached", (await SyncAsync(gateway.Options with { ServerRoot = null })).Failed[0].Why);
        Assert.Equal(asked, gateway.Asked.Count);
    }

    [Fact]
    public async Task A_refusal_is_told_by_its_code_and_no_foreign_word()
    {
        gateway.Fault = (http, _) =>
        {
            if (http.Request.Path == "/signerCertificate")
            {
                http.Request.ContentType = "text/plain";
            }
            return Task.FromResult(false);
        };
        var round = await SyncAsync();
        Assert.All(round.Failed, failure => Assert.Equal("answered 400 (0x402)", failure.Why));
        Assert.NotEmpty(round.Failed);
    }

    [Fact]
    public async Task The_WHO_is_given_DSCs_by_domain_and_group_and_asked_for_no_batches()
    {
        var who = gateway.Options with { Domain = "DCC", WithBatches = false };
        var round = await SyncAsync(who);
        Assert.True(round.IsGood, string.Join("; ", round.Failed));
        Assert.Equal((round.DscsUploaded, 0), (gateway.Uploaded.Count, gateway.Count("POST /signerCertificate")));
        Assert.NotEmpty(gateway.Uploaded);
        Assert.Equal(0, gateway.Count("GET /revocation-list"));
        var sent = gateway.Count("POST");
        Assert.True((await SyncAsync(who)).IsGood);
        Assert.Equal(sent, gateway.Count("POST"));

        await SqlAsync("delete from gateway_upload");
        Assert.True((await SyncAsync(who)).IsGood);

        await SqlAsync("update dsc set withdrawn = 1");
        await service.Get<ActiveDscs>().LoadAsync(default);
        Assert.Equal(round.DscsUploaded, (await SyncAsync(who)).DscsWithdrawn);

        gateway.Domain = "IPS-PILGRIMAGE";
        await SqlAsync("delete from gateway_upload");
        Assert.All((await SyncAsync(who)).Failed, failure => Assert.Contains("answered 400", failure.Why));
    }

    [Fact]
    public void The_shape_of_a_gateway_is_the_EUs_unless_told_and_no_other_than_the_WHOs()
    {
        static GatewayOptions Read(params (string Name, string Value)[] set) => GatewayOptions.From(Settings(
            [("Url", "https://gateway.example"), .. set]))!;
        Assert.Equal((null, true), (Read().Domain, Read().WithBatches));
        Assert.Equal(("DCC", false), (Read(("Shape", "who")).Domain, Read(("Shape", "who")).WithBatches));
        Assert.Equal("DDCC", Read(("Shape", "who"), ("Domain", "DDCC"), ("Batches", "true")).Domain);
        Assert.True(Read(("Shape", "who"), ("Batches", "true")).WithBatches);
        Assert.Equal(
            ["Gateway__Shape is eu or who"], Settings(("Url", "https://gateway.example"), ("Shape", "un")).Faults());
    }

    [Theory]
    [InlineData("http://gateway.example/")]
    [InlineData("not an address")]
    public void A_gateway_in_clear_text_is_refused(string url) =>
        Assert.Equal(["Gateway__Url is not an https address"], Settings(("Url", url)).Faults());

    static GatewaySettings Settings(params (string Name, string Value)[] set) => new ConfigurationBuilder()
        .AddInMemoryCollection(set.Select(one => KeyValuePair.Create($"Gateway:{one.Name}", (string?)one.Value)))
        .Build().Of<GatewaySettings>();

    static Task<bool> Refuse(HttpContext http, string path, int status)
    {
        if (http.Request.Path != path)
        {
            return Task.FromResult(false);
        }
        http.Response.StatusCode = status;
        return Task.FromResult(true);
    }
}

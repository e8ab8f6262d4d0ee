using System.Collections.Concurrent;
using System.Text;
using Issuer.Server.Edge.Rest;
using Issuer.Server.Features;
using Issuer.Server.Features.Pki;
using Issuer.Server.Hosting.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace Issuer.Server.Tests.Metrics;

/// <summary>Traces go to the endpoint that is named, and only then; a path's ids are in none of them.</summary>
public sealed class OtlpTests : IAsyncLifetime
{
    const string Id = "QQQQQQQQQQQQQ";

    readonly string directory = Directory.CreateTempSubdirectory("issuer-otlp-").FullName;
    readonly ConcurrentDictionary<string, string> received = new();
    WebApplication receiver = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver = builder.Build();
        receiver.MapPost("/{**path}", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(
                context.Request.Path.Value!, Encoding.Latin1.GetString(body.ToArray()),
                (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });
        await receiver.StartAsync();
    }

    [Fact]
    public async Task A_named_endpoint_gets_metrics_and_traces_by_route_without_ids()
    {
        await AskAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Urls.First(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        Assert.Contains("/v1/me/certificates/{id}", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("issuer_records_submitted_total", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.All(received.Values, body => Assert.DoesNotContain(Id, body, StringComparison.Ordinal));
        Assert.All(received.Values, body => Assert.DoesNotContain("whoever", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_one_nothing_is_traced_or_sent()
    {
        await AskAsync([]);
        Assert.Empty(received);
    }

    public async Task DisposeAsync()
    {
        await receiver.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>One request; whatever is to be sent has been when the service has stopped.</summary>
    async Task AskAsync(Dictionary<string, string?> settings)
    {
        await using var issuer = await IssuerServices.OpenAsync(
            new StoreSetup(
                directory, new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), TimeProvider.System)
            {
                Environment = "Development",
            },
            default);
        await issuer.Get<EnterStore>().RunAsync(default);
        await issuer.Get<ActiveDscs>().LoadAsync(default);
        await using var app = RestHost.Build(issuer, new RestOptions("http://127.0.0.1:0", null));
        await app.StartAsync();
        Assert.Equal(settings.Count > 0, app.Services.GetService<TracerProvider>() is not null);
        // Without a propagator it is not traced itself: only the service's side of the request is looked at.
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri(app.Urls.First()),
        };
        using var answer = await client.GetAsync($"/v1/me/certificates/{Id}?who=whoever");
        await app.StopAsync();
    }
}

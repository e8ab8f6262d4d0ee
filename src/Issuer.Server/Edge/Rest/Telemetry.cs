using System.Diagnostics;
using Issuer.Server.Hosting.Metrics;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Issuer.Server.Edge.Rest;

/// <summary>
/// OpenTelemetry: metrics for Prometheus at <c>/metrics</c>, and metrics and traces to where
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; without it nothing is traced, and a request pays nothing for it. It hears
/// everything in the process, so one of the hosts has it for both.
/// </summary>
static class Telemetry
{
    const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder, IssuerMeter own)
    {
        var isExported = !string.IsNullOrEmpty(builder.Configuration[Endpoint]);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("issuer"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(IssuerMeter.Name)
                    .AddView(instrument => instrument.Meter.Name == IssuerMeter.Name && !own.Owns(instrument)
                        ? MetricStreamConfiguration.Drop
                        : null)
                    .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                    .AddNpgsqlInstrumentation()
                    .AddPrometheusExporter(page =>
                    {
                        page.ScopeInfoEnabled = false;
                        page.ScrapeResponseCacheDurationMilliseconds = 0;
                    });
                if (isExported)
                {
                    metrics.AddOtlpExporter();
                }
            });
        if (isExported)
        {
            telemetry.WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(requests => requests.EnrichWithHttpResponse = WithoutPath)
                .AddHttpClientInstrumentation().AddNpgsql().AddOtlpExporter());
        }
    }

    /// <summary>
    /// Begins to listen: what counts must be heard from before the service answers, and not only from the first scrape.
    /// </summary>
    public static void MapMetrics(this WebApplication app)
    {
        var page = ((IApplicationBuilder)app).New()
            .UseOpenTelemetryPrometheusScrapingEndpoint(
                app.Services.GetRequiredService<MeterProvider>(), _ => true, null, null, null)
            .Build();
        Task ScrapeAsync(HttpContext http) => page(http);
        // As a plain delegate it would not be described.
        app.MapGet("/metrics", (Delegate)ScrapeAsync)
            .AllowAnonymous().DisableRateLimiting().WithTags("Health")
            .WithSummary("How the service does, for Prometheus")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
    }

    /// <summary>Paths and query strings hold ids: a trace has the route as it is written in the program.</summary>
    static void WithoutPath(Activity activity, HttpResponse response)
    {
        var route = (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        activity.SetTag("url.path", route ?? "(no route)");
        activity.SetTag("url.query", null);
    }
}

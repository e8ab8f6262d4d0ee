using System.Globalization;
using System.Text;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting.Jobs;

namespace Issuer.Server.Edge.Rest;

/// <summary>
/// <c>/metrics</c>: how the publisher and the gateway stand, in Prometheus' text format (version 0.0.4). No query and
/// nothing personal: anybody may ask.
/// </summary>
static class MetricsEndpoint
{
    const string Format = "text/plain; version=0.0.4; charset=utf-8";

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics", (HealthOfJobs jobs, NamedGateway gateway) =>
            TypedResults.Text(Of(jobs, gateway), Format))
        .AllowAnonymous().WithTags("Health")
        .WithSummary("How the publisher and the gateway stand, for Prometheus")
        .Produces<string>(StatusCodes.Status200OK, "text/plain");

    static string Of(HealthOfJobs jobs, NamedGateway named)
    {
        var text = new StringBuilder();
        var publication = jobs.Of(PublishJob.Name).State;
        Write(text, "issuer_publication_sequence", "Sequence number of what is out there", "gauge", publication.Figure);
        WriteRounds(text, "publication", publication);
        if (named.Options is not null)
        {
            var gateway = jobs.Of(GatewayJob.Name).State;
            Write(text, "issuer_gateway_foreign_dscs", "Believed foreign DSCs", "gauge", gateway.Figure);
            WriteRounds(text, "gateway", gateway);
        }
        return text.ToString();
    }

    static void WriteRounds(StringBuilder text, string job, RoundState state)
    {
        Write(text, $"issuer_{job}_last_success_timestamp_seconds", "End of the last good round; 0: none yet", "gauge",
            state.Good?.ToUnixTimeSeconds() ?? 0);
        Write(text, $"issuer_{job}_last_refusal_timestamp_seconds", "End of the last bad round; 0: none", "gauge",
            state.Bad?.ToUnixTimeSeconds() ?? 0);
        Write(text, $"issuer_{job}_refused", "1 while the last round was bad and the older state stays", "gauge",
            state.Why is null ? 0 : 1);
        Write(text, $"issuer_{job}_refusals_total", "Bad rounds since the process began", "counter", state.BadRounds);
    }

    static void Write(StringBuilder text, string name, string help, string type, long value) => text.Append(
        CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n{name} {value}\n");
}

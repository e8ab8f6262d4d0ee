using System.Diagnostics.Metrics;
using Issuer.Core.Identity;
using Issuer.Core.Progress;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Identity;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Metrics;

namespace Issuer.Server.Features.Metrics;

/// <summary>
/// What is observed when somebody asks: how the rounds stand, and what the last look at the store found.
/// </summary>
static class Gauges
{
    static readonly (string State, Measure Measure)[] States =
    [
        ("pending", Measure.RecordsPending), ("matched", Measure.RecordsMatched), ("exempt", Measure.RecordsExempt),
        ("mismatched", Measure.RecordsErrorGroup3), ("not_found", Measure.RecordsNotFound),
        ("missing_id", Measure.RecordsErrorGroup1), ("bad_id_format", Measure.RecordsErrorGroup2),
    ];

    public static void Observe(
        IssuerMeter meter, HealthOfJobs jobs, LastFigures figures, NamedGateway gateway, IPopulationRegistry registry,
        TimeProvider clock)
    {
        ObserveStore(meter, figures, clock);
        ObserveRounds(meter, jobs, clock);
        ObserveJob(meter, jobs, PublishJob.Name, "issuer_publication_sequence", "Sequence number of what is out there");
        if (gateway.Options is not null)
        {
            ObserveJob(meter, jobs, GatewayJob.Name, "issuer_gateway_foreign_dscs", "Believed foreign DSCs");
        }
        if (registry is ExchangeRegistry)
        {
            meter.Gauge(
                "issuer_exchange_circuit_open", "1 while the registry's exchange is not asked, since it fails",
                () => [new(registry.IsAway ? 1 : 0)]);
        }
    }

    static void ObserveStore(IssuerMeter meter, LastFigures figures, TimeProvider clock)
    {
        double DaysTo(DateTimeOffset end) => (end - clock.GetUtcNow()).TotalDays;
        meter.Gauge("issuer_records", "Records by state, as progress last counted them", () =>
            figures.Value?.Counted is { } counted
                ? States.Select(s => new Measurement<double>(counted.Counts[s.Measure], Label("state", s.State)))
                : []);
        meter.Gauge("issuer_oldest_waiting_seconds", "How long the oldest record has waited for a correction", () =>
            figures.Value?.Counted is { } counted
                ? [new(counted.WaitsSince is { } since ? (clock.GetUtcNow() - since).TotalSeconds : 0)]
                : []);
        meter.Gauge("issuer_dsc_days_left", "Until a DSC ends that may sign, by kid", () =>
            (figures.Value?.Dscs ?? []).Select(
                dsc => new Measurement<double>(DaysTo(dsc.Ends), Label("kid", dsc.Kid.ToString()))));
        meter.Gauge("issuer_anchor_days_left", "Until the published trust anchor ends", () =>
            figures.Value?.AnchorEnds is { } ends ? [new(DaysTo(ends))] : []);
        meter.Gauge("issuer_import_queue_files", "Uploaded files that are not worked off", () =>
            figures.Value is { } found ? [new(found.ImportQueue)] : []);
        meter.Gauge("issuer_exempt_entered_today", "Exempt records entered today, in the whole country", () =>
            figures.Value is { } found ? [new(found.ExemptToday)] : []);
    }

    static void ObserveRounds(IssuerMeter meter, HealthOfJobs jobs, TimeProvider clock)
    {
        meter.Gauge("issuer_round_age_seconds", "Since a job's last good round ended; absent before the first", () =>
            jobs.All.Where(job => job.Value.State.Good is not null).Select(job => new Measurement<double>(
                (clock.GetUtcNow() - job.Value.State.Good!.Value).TotalSeconds, Label("job", job.Key))));
        meter.Counter("issuer_round_failures_total", "A job's bad rounds since the process began", () =>
            jobs.All.Select(job => new Measurement<long>(job.Value.State.BadRounds, Label("job", job.Key))));
    }

    static void ObserveJob(IssuerMeter meter, HealthOfJobs jobs, string job, string figure, string whatIsIt)
    {
        var health = jobs.Of(job);
        void One(string name, string description, Func<RoundState, double> value) =>
            meter.Gauge(name, description, () => [new(value(health.State))]);
        One(figure, whatIsIt, state => state.Figure);
        One($"issuer_{job}_last_success_timestamp_seconds", "End of the last good round; 0: none yet",
            state => state.Good?.ToUnixTimeSeconds() ?? 0);
        One($"issuer_{job}_last_refusal_timestamp_seconds", "End of the last bad round; 0: none",
            state => state.Bad?.ToUnixTimeSeconds() ?? 0);
        One($"issuer_{job}_refused", "1 while the last round was bad and the older state stays",
            state => state.Why is null ? 0 : 1);
        meter.Counter($"issuer_{job}_refusals_total", "Bad rounds since the process began",
            () => [new(health.State.BadRounds)]);
    }

    static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}

using System.Diagnostics.Metrics;
using Issuer.Core.Records;

namespace Issuer.Server.Hosting.Metrics;

/// <summary>
/// The service's own figures, under the names that Prometheus shows; docs/metrics.md lists them all. Labels are of
/// closed lists: nothing personal is ever one.
/// </summary>
sealed class IssuerMeter : IDisposable
{
    public const string Name = "Issuer";

    static readonly SubmitOutcome[] Outcomes = Enum.GetValues<SubmitOutcome>();

    readonly Meter meter = new(Name);
    readonly Histogram<double> rounds;
    readonly Tally submitted = new("outcome", [.. Outcomes.Select(o => o.ToString().ToLowerInvariant())]);
    readonly Tally answeredLater = new(null, "");
    readonly Tally sharedNumbers = new(null, "");
    readonly Tally issued = new(null, "");
    readonly Tally regenerated = new(null, "");
    readonly Tally revoked = new(null, "");

    public IssuerMeter()
    {
        Count("issuer_records_submitted_total", "Records that came in, by what became of them", submitted);
        Count("issuer_answers_delayed_total", "Records whose answer is beyond a budget of the registry", answeredLater);
        Count("issuer_numbers_shared_total", "Claims for a number that many facilities have claimed", sharedNumbers);
        Count("issuer_certificates_issued_total", "First certificates signed by this process", issued);
        Count("issuer_certificates_regenerated_total", "Successors signed by this process", regenerated);
        Count("issuer_certificates_revoked_total", "Certificates that this process declared invalid", revoked);
        rounds = meter.CreateHistogram(
            "issuer_round_duration_seconds", unit: null, "How long a job's rounds took, good and bad",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600],
            });
    }

    /// <summary>Another service in the same process (a test's) has a meter of the same name.</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, meter);

    public void Submitted(SubmitCounts counts)
    {
        submitted.Add((int)SubmitOutcome.Accepted, counts.Accepted);
        submitted.Add((int)SubmitOutcome.Corrected, counts.Corrected);
        submitted.Add((int)SubmitOutcome.Unchanged, counts.Unchanged);
        submitted.Add((int)SubmitOutcome.Refused, counts.Refused);
    }

    public void Claimed(ClaimCounts counts)
    {
        answeredLater.Add(0, counts.AnsweredLater);
        sharedNumbers.Add(0, counts.Alarming);
    }

    public void Issued(long certificates) => issued.Add(0, certificates);

    public void Regenerated(long certificates) => regenerated.Add(0, certificates);

    public void Revoked(long certificates) => revoked.Add(0, certificates);

    public void RoundEnded(string job, TimeSpan took) =>
        rounds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("job", job));

    /// <summary>A figure that is looked up when somebody asks; it must cost nothing.</summary>
    public void Gauge(string name, string description, Func<IEnumerable<Measurement<double>>> observe) =>
        meter.CreateObservableGauge(name, observe, unit: null, description);

    /// <summary>The same for what only grows.</summary>
    public void Counter(string name, string description, Func<IEnumerable<Measurement<long>>> observe) =>
        meter.CreateObservableCounter(name, observe, unit: null, description);

    public void Dispose() => meter.Dispose();

    void Count(string name, string description, Tally tally) => Counter(name, description, tally.Observe);
}

using System.Globalization;

namespace Issuer.Server.Tests.Metrics;

/// <summary>The service's own figures as Prometheus reads them.</summary>
static class Scrape
{
    /// <summary>Values by name and labels, as <c>name</c> or <c>name{label="value"}</c>.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> MetricsAsync(this HttpClient anybody) =>
        (await anybody.GetStringAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith("issuer_", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(
                parts => parts[0].Replace("{}", "", StringComparison.Ordinal),
                parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
}

using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Identity;
using Issuer.Server.Features.Metrics;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Metrics;
using Issuer.Server.Tests.Identity;

namespace Issuer.Server.Tests.Metrics;

/// <summary>docs/metrics.md and the meter name the same instruments.</summary>
public sealed partial class MetricNamesTests(StandInExchange exchange) : IClassFixture<StandInExchange>, IDisposable
{
    readonly IssuerMeter meter = new();

    [Fact]
    public async Task Every_instrument_is_in_the_table_with_its_type_and_nothing_else_is()
    {
        using var registry = new ExchangeRegistry(exchange.Options, TimeProvider.System);
        Gauges.Observe(
            meter, new HealthOfJobs(), new LastFigures(),
            new NamedGateway(new GatewayOptions(new Uri("https://gateway.example/"))), registry, TimeProvider.System);
        var instruments = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (meter.Owns(instrument))
                {
                    instruments.Add($"{instrument.Name} {TypeOf(instrument)}");
                }
            },
        };
        listener.Start();

        var documented = Row().Matches(await File.ReadAllTextAsync(Path.Combine(Folder(), "../../../docs/metrics.md")))
            .Select(row => $"{row.Groups["name"]} {row.Groups["type"]}");
        Assert.Equal(documented.Order(), instruments.Order());
        Assert.All(instruments, name => Assert.Matches("^issuer_[a-z_]+ ", name));
    }

    public void Dispose() => meter.Dispose();

    static string TypeOf(Instrument instrument) => instrument switch
    {
        ObservableCounter<long> => "counter",
        ObservableGauge<double> => "gauge",
        Histogram<double> => "histogram",
        _ => instrument.GetType().Name,
    };

    static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("""^\| `(?<name>issuer_\w+)` \| (?<type>\w+) \|""", RegexOptions.Multiline)]
    private static partial Regex Row();
}

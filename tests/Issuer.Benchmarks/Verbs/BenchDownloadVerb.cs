using System.CommandLine;
using Issuer.Server.Edge.Verbs;

namespace Issuer.Benchmarks.Verbs;

/// <summary><c>download</c>: how fast verifiers get a delta, from the service and from nginx.</summary>
static class BenchDownloadVerb
{
    public static Command Create()
    {
        var nginx = new Option<FileInfo>("--nginx")
        {
            Description = "Measure nginx too, by this configuration (deploy/nginx.conf)", HelpName = "FILE",
        };
        nginx.AcceptExistingOnly();
        var options = new StoreOptions();
        return new Command("download", "Downloads of a published delta, beside Kestrel's empty answer")
        {
            nginx, options.Json,
        }
            .Runs((parsed, cancel) => BenchVerb.InNewStoreAsync(
                options.Read(parsed, forceDevelopment: true).Embedded(),
                async issuer =>
                {
                    var figures = await BenchDownload.RunAsync(issuer, parsed.GetValue(nginx)?.FullName, cancel);
                    new Screen(parsed.GetValue(options.Json)).Finish(figures,
                        ("bytes of the delta", figures.DeltaBytes), ("empty answers a second", figures.EmptyPerSecond),
                        ("downloads a second", figures.Service.Full), ("conditional", figures.Service.Conditional),
                        ("nginx: downloads a second", figures.Nginx?.Full),
                        ("nginx: conditional", figures.Nginx?.Conditional));
                },
                cancel));
    }
}

using System.CommandLine;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Grpc;
using Issuer.Server.Edge.Rest;
using Issuer.Server.Features;
using Issuer.Server.Features.Pki;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer serve</c>: the service, until it is told to stop.</summary>
static class ServeVerb
{
    const int DemoPeople = 1000;
    const int DemoSeed = 1;

    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses, separated by semicolons", HelpName = "URLS",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var grpcUrls = new Option<string?>("--grpc-urls")
        {
            Description = "Addresses for gRPC (HTTP/2 without TLS needs its own); without them no gRPC",
            HelpName = "URLS",
        };
        var demo = new Option<bool>("--demo")
        {
            Description =
                $"Development: load a made-up campaign of {DemoPeople} people first, unless the store has one",
        };
        var seconds = new Option<int>("--job-seconds")
        {
            Description = "Seconds from one round of matching, issuing and publishing to the next",
            DefaultValueFactory = _ => 15,
            CustomParser = Whole.From(1, 86400),
        };
        var options = new StoreOptions();
        var command = new Command("serve", "Run the service")
        {
            urls,
            grpcUrls,
            demo,
            seconds,
            options.Data,
            options.Now,
            options.Json,
        };
        command.Validators.Add(result =>
        {
            string?[] given = [result.GetValue(urls), result.GetValue(grpcUrls)];
            foreach (var url in given.SelectMany(all => all?.Split(';') ?? []).Where(url => !IsAddress(url)))
            {
                result.AddError($"'{url}' is not an address such as http://127.0.0.1:8080");
            }
        });
        return command.Runs(async (parsed, cancel) =>
        {
            var withDemo = parsed.GetValue(demo);
            var screen = new Screen(parsed.GetValue(options.Json));
            await using var issuer = await Verb.OpenAsync(options.Read(parsed, forceDevelopment: withDemo), cancel);
            // Built first: a service that may not start leaves no mark on a new store.
            await using var app = RestHost.Build(issuer, new RestOptions(
                parsed.GetValue(urls)!, TimeSpan.FromSeconds(parsed.GetValue(seconds))));
            await using var grpc = parsed.GetValue(grpcUrls) is { } own ? GrpcHost.Build(issuer, own) : null;
            await issuer.Get<EnterStore>().RunAsync(cancel);
            await issuer.Get<OwnAuthority>().EnterAsync("serve", cancel);
            if (withDemo)
            {
                await LoadDemoAsync(issuer, screen, cancel);
            }
            await issuer.Get<ActiveDscs>().LoadAsync(cancel);
            await app.StartAsync(cancel);
            await (grpc?.StartAsync(cancel) ?? Task.CompletedTask);
            ICollection<string> grpcAddresses = grpc?.Urls ?? [];
            screen.Finish(
                new { addresses = app.Urls, grpcAddresses },
                [
                    .. app.Urls.Select(url => ("listening on", (object?)url)),
                    .. grpcAddresses.Select(url => ("listening for gRPC on", (object?)url)),
                ]);
            // At the same time: each may take as long as it needs for what it has begun.
            await Task.WhenAll(
                app.WaitForShutdownAsync(cancel), grpc?.WaitForShutdownAsync(cancel) ?? Task.CompletedTask);
            return Verb.Done;
        });
    }

    static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url.Trim()) is { Port: >= 0 and <= 65535 };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>A load that was interrupted goes on; a store that has other records is left alone.</summary>
    static async Task LoadDemoAsync(IssuerServices issuer, Screen screen, CancellationToken cancel)
    {
        var directory = Path.Combine(issuer.Get<DataFolder>().Path, "demo");
        if (File.Exists(Path.Combine(directory, "summary.json"))
            || (!Directory.Exists(directory) && await issuer.Get<StoreCounts>().PeopleAsync(cancel) > 0))
        {
            return;
        }
        await using var held = await issuer.Get<JobLocks>().TakeAsync(JobLocks.Work, cancel);
        var campaign = MadeUpCampaign.Ensure(directory, DemoPeople, DemoSeed, issuer.Get<NationalClock>().Today);
        await issuer.Create<DemoRun>(screen).RunAsync(campaign, directory, DemoPeople, cancel);
    }
}

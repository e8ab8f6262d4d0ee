using System.Net;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Issuer.Server.Tests;

public sealed class PeriodicJobTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task A_round_that_fails_is_logged_and_the_next_one_makes_up_for_it()
    {
        // A file where a directory must be: nothing can be published.
        var published = service.Published;
        await File.WriteAllTextAsync(published, "");
        using var log = new CapturedLog();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var job = ActivatorUtilities.CreateInstance<PeriodicJob<PublishJob>>(
            service.Services, PublishJob.Every(TimeSpan.FromMilliseconds(50)),
            factory.CreateLogger<PeriodicJob<PublishJob>>());
        await job.StartAsync(default);
        await Eventually.TrueAsync(
            () => log.Text.Split("Job round of publication failed").Length > 2, "two rounds have failed and said so");

        File.Delete(published);
        using var client = service.Client();
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await client.GetAsync("/v1/trust-list");
                return answer.StatusCode == HttpStatusCode.OK;
            },
            "the trust list is served");
        await job.StopAsync(default);
    }
}

using System.Net;
using System.Text;
using Issuer.Core;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest;
using Issuer.Server.Features;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Tests.Http;

public sealed class ServiceTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task Nothing_is_published_before_the_first_round_and_then_it_is_not_sent_twice()
    {
        var fresh = new RunningService();
        await fresh.InitializeAsync();
        try
        {
            using var client = fresh.Client();
            await client.GetAsync("/v1/trust-list").JsonAsync(HttpStatusCode.ServiceUnavailable);
            await fresh.RoundAsync();
            using var first = await client.GetAsync("/v1/trust-list");
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
            using var second = await client.GetAsync("/v1/trust-list");
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        }
        finally
        {
            await fresh.DisposeAsync();
        }
    }

    [Fact]
    public async Task It_is_ready_while_a_DSC_outlives_what_is_issued_now()
    {
        using var client = service.Client();
        await client.GetAsync("/healthz/live").JsonAsync(HttpStatusCode.OK);
        await client.GetAsync("/healthz/ready").JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_answer_does_not_say_what_program_gives_it()
    {
        using var client = service.Client();
        using var answer = await client.GetAsync("/healthz/live");
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_hidden_from_strangers()
    {
        using var stranger = service.Client();
        await stranger.GetAsync("/v1/nothing").JsonAsync(HttpStatusCode.Unauthorized);
        using var clerk = service.Clerk();
        await clerk.GetAsync("/v1/nothing").JsonAsync(HttpStatusCode.NotFound);
        await clerk.DeleteAsync("/v1/records").JsonAsync(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_method_or_a_media_type_that_nobody_takes_is_said_to_be_that_also_to_strangers()
    {
        using var stranger = service.Client();
        await stranger.DeleteAsync("/lists").JsonAsync(HttpStatusCode.MethodNotAllowed);
        using var text = new StringContent("HC1:", Encoding.UTF8, "text/plain");
        await stranger.PostAsync("/v1/verify", text).JsonAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Outside_Development_it_does_not_start_without_an_authority()
    {
        var directory = Directory.CreateTempSubdirectory("issuer-rest-");
        try
        {
            await using var issuer = await IssuerServices.OpenAsync(
                new StoreSetup(directory.FullName, Opened.NoSettings, TimeProvider.System)
                {
                    Environment = "Production",
                },
                default);
            var refused = Assert.Throws<RefusedException>(
                () => { RestHost.Build(issuer, new RestOptions("http://127.0.0.1:0", null)); });
            Assert.Equal(RejectionKind.Unavailable, refused.Rejection.Kind);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_round_is_skipped_while_another_process_has_the_lock()
    {
        using var clerk = service.Clerk();
        var id = (await clerk.SubmitAsync(Person.Hoa.Dose("locked", 1, "2026-09-01"))).GetProperty("id").GetString();
        await using (await service.Get<JobLocks>().TryTakeAsync("jobs", default))
        {
            await service.RoundAsync();
        }
        var record = await clerk.GetAsync($"/v1/records/{id}").JsonAsync(HttpStatusCode.OK);
        Assert.Equal("pending", record.GetProperty("state").GetString());
    }

    [Fact]
    public void Every_kind_of_refusal_has_a_status() => Assert.All(
        Enum.GetValues<RejectionKind>(), kind => Assert.InRange(Problem.StatusOf(kind), 400, 507));
}

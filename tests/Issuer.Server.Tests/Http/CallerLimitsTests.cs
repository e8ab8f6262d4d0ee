using System.Net;
using System.Text;
using Issuer.Server.Hosting.Settings;

namespace Issuer.Server.Tests.Http;

/// <summary>Strangers have a limit; whoever is known, and whatever is published or watched, has none.</summary>
public sealed class CallerLimitsTests
{
    const int Most = 5;

    [Fact]
    public async Task A_stranger_who_asks_too_often_is_told_when_to_come_again()
    {
        await WithAsync(new LimitSettings { AnonymousPerMinute = "5" }, async service =>
        {
            using var stranger = service.Client();
            for (var n = 0; n < Most; n++)
            {
                await VerifyAsync(stranger, null).JsonAsync(HttpStatusCode.BadRequest);
            }
            using var refused = await VerifyAsync(stranger, null);

            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
            await stranger.GetAsync("/v1/records").JsonAsync(HttpStatusCode.TooManyRequests);
            foreach (var open in new[] { "/healthz/live", "/metrics", "/v1/trust-list", "/lists", "/v1/bundle.bin" })
            {
                using var answer = await stranger.GetAsync(open);
                Assert.NotEqual(HttpStatusCode.TooManyRequests, answer.StatusCode);
            }
            using var clerk = service.Clerk();
            await clerk.GetAsync("/v1/records").JsonAsync(HttpStatusCode.OK);
        });
    }

    [Fact]
    public async Task Behind_a_proxy_that_is_believed_everybody_has_their_own_limit() => await WithAsync(
        new LimitSettings { AnonymousPerMinute = "1", Proxies = "127.0.0.1" }, async service =>
        {
            using var stranger = service.Client();
            await VerifyAsync(stranger, "203.0.113.1").JsonAsync(HttpStatusCode.BadRequest);
            await VerifyAsync(stranger, "203.0.113.1").JsonAsync(HttpStatusCode.TooManyRequests);
            await VerifyAsync(stranger, "203.0.113.2").JsonAsync(HttpStatusCode.BadRequest);
            await VerifyAsync(stranger, "2001:db8:0:1::1").JsonAsync(HttpStatusCode.BadRequest);
            await VerifyAsync(stranger, "2001:db8:0:1::2").JsonAsync(HttpStatusCode.TooManyRequests);
        });

    [Fact]
    public async Task Nobody_else_is_believed_about_an_address() => await WithAsync(
        new LimitSettings { AnonymousPerMinute = "1" }, async service =>
        {
            using var stranger = service.Client();
            await VerifyAsync(stranger, "203.0.113.1").JsonAsync(HttpStatusCode.BadRequest);
            await VerifyAsync(stranger, "203.0.113.2").JsonAsync(HttpStatusCode.TooManyRequests);
        });

    static Task<HttpResponseMessage> VerifyAsync(HttpClient client, string? from)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/verify")
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        if (from is not null)
        {
            request.Headers.Add("X-Forwarded-For", from);
        }
        return client.SendAsync(request);
    }

    static async Task WithAsync(LimitSettings limits, Func<RunningService, Task> run)
    {
        var service = new RunningService { Limits = limits };
        await service.InitializeAsync();
        try
        {
            await run(service);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }
}

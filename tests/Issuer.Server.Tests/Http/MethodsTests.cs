using System.Net;
using Issuer.Server.Edge.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Issuer.Server.Tests.Http;

/// <summary>HEAD, OPTIONS, and pages of other origins.</summary>
public sealed class MethodsTests(RunningService service) : IClassFixture<RunningService>
{
    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/openapi/issuer.json")]
    [InlineData("/v1/records")]
    [InlineData("/v1/progress")]
    public async Task HEAD_answers_as_GET_does_without_the_content(string path)
    {
        using var clerk = service.Clerk();
        using var get = await clerk.GetAsync(path);
        using var head = await clerk.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/v1/records", "GET, HEAD, OPTIONS, POST")]
    [InlineData("/v1/verify", "OPTIONS, POST")]
    [InlineData("/lists", "GET, HEAD, OPTIONS")]
    public async Task OPTIONS_tells_the_methods_and_so_does_a_refused_one(string path, string allowed)
    {
        using var stranger = service.Client();
        foreach (var (method, status) in new[] { ("OPTIONS", 204), ("PATCH", 405) })
        {
            using var answer = await stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow.Order()));
        }
    }

    [Fact]
    public async Task A_page_of_another_origin_may_ask_for_what_is_public_and_for_nothing_else()
    {
        using var stranger = service.Client();
        foreach (var (path, method, isPublic) in new[]
        {
            ("/v1/bundle.bin", "GET", true), ("/lists", "GET", true), ("/v1/verify", "POST", true),
            ("/signercertificateUpdate", "POST", true), ("/v1/records", "POST", false), ("/v1/me", "GET", false),
        })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, path)
            {
                Headers =
                {
                    { "Origin", "https://border.example" }, { "Access-Control-Request-Method", method },
                    { "Access-Control-Request-Headers", "content-type,if-match,x-slice-filter-type" },
                },
            };
            using var answer = await stranger.SendAsync(preflight);

            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal(isPublic ? ["*"] : [], Origins(answer));
        }
    }

    [Fact]
    public async Task A_refusal_can_be_read_by_a_page_too()
    {
        using var stranger = service.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/lists/none/partitions");
        request.Headers.Add("Origin", "https://border.example");
        using var answer = await stranger.SendAsync(request);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.Equal(["*"], Origins(answer));
    }

    [Fact]
    public void Everything_public_but_the_operators_figures_is_open_to_pages()
    {
        var closed = service.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
                && endpoint.Metadata.GetMetadata<IEnableCorsAttribute>()?.PolicyName != PublicCors.Policy)
            .Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.Equal(["/metrics"], closed);
    }

    static IEnumerable<string> Origins(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? origins : [];
}

using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Issuer.Server.Tests.Publication;

/// <summary><c>POST /v1/verify</c>.</summary>
public sealed class VerifyEndpointTests : TwoCertified
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"hc1": 1}""")]
    [InlineData("""{"hc1": "HC1:", "at": "yesterday"}""")]
    [InlineData("not json")]
    public async Task A_question_that_cannot_be_read_is_refused(string body)
    {
        await PublishAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await anybody.PostAsync("/v1/verify", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_expired_certificate_can_be_had_anew()
    {
        await PublishAsync();
        var (_, hc1) = await CertificateAsync(Person.Hoa);
        var verdict = await anybody.PostAsJsonAsync("/v1/verify", new { hc1, at = "2028-06-01T00:00:00Z" })
            .JsonAsync(HttpStatusCode.OK);
        Assert.Equal(("expired", true),
            (verdict.GetProperty("verdict").GetString(), verdict.GetProperty("can_be_had_anew").GetBoolean()));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Issuer.Verification.Publication;

namespace Issuer.Server.Tests.Publication;

/// <summary><c>POST /v1/verify</c> with a bundle that somebody harmed, and with questions that mean harm.</summary>
public sealed class BrokenBundleTests : TwoCertified
{
    string Place => Path.Combine(service.Published, Bundle.Path);

    async Task<HttpStatusCode> AskAsync(byte[] body, string type = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await anybody.PostAsync("/v1/verify", content);
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        return answer.StatusCode;
    }

    [Fact]
    public async Task Verdicts_go_on_by_the_good_lists_when_the_bundle_is_broken_older_or_gone()
    {
        await PublishAsync();
        var older = await File.ReadAllBytesAsync(Place);
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        await RevokeAsync(id);
        await PublishAsync();
        Assert.Equal("revoked", await VerdictAsync(hc1));
        await File.WriteAllBytesAsync(Place, older);
        Assert.Equal("revoked", await VerdictAsync(hc1));
        await File.WriteAllTextAsync(Place, "broken");
        Assert.Equal("revoked", await VerdictAsync(hc1));
        File.Delete(Place);
        Assert.Equal("revoked", await VerdictAsync(hc1));
    }

    [Fact]
    public async Task A_service_that_never_had_good_lists_says_that_it_has_none_and_blames_nobody()
    {
        await File.WriteAllTextAsync(Place, "broken");
        var question = Encoding.UTF8.GetBytes("""{"hc1": "HC1:"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(question));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(question));
    }

    [Fact]
    public async Task No_question_breaks_it()
    {
        await PublishAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync("""{"hc1": "HC1:", "lang": "vi"}"""u8.ToArray()));
        Assert.Equal(
            HttpStatusCode.OK, await AskAsync("""{"hc1": "HC1:"}"""u8.ToArray(), "application/json; charset=bogus"));
        foreach (var bad in new[]
        {
            """{"hc1": "HC1:", "hc1": "HC1:A"}""", """{"hc1": "HC1:\ud800"}""", """{"hc1": ["HC1:"]}""", "[]", "null",
            "",
            """{"hc1": "HC1:", "at": "12/01/2027"}""", """{"hc1": "HC1:", "at": 5}""", new string('[', 100_000),
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, await AskAsync(Encoding.UTF8.GetBytes(bad)));
        }
        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync([.. """{"hc1": "HC1:"""u8, 0xFF, .. "\"}"u8]));
    }

    [Fact]
    public async Task What_was_asked_is_in_neither_the_log_nor_the_store()
    {
        await PublishAsync();
        var (_, hc1) = await CertificateAsync(Person.Hoa);
        var before = await service.AuditRowsAsync(null, "verify");
        await anybody.PostAsJsonAsync("/v1/verify", new { hc1 }).JsonAsync(HttpStatusCode.OK);
        await anybody.PostAsJsonAsync("/v1/verify?hc1=asked", new { hc1 = $"{hc1}asked" }).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(before, await service.AuditRowsAsync(null, "verify"));
        Assert.DoesNotContain(hc1[..40], service.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("asked", service.Log.Text, StringComparison.Ordinal);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Core.Pki;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Server.Features.TrustList;
using Issuer.Server.Hosting;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Tests.TrustList;

/// <summary>The verifier API as the EU's Android app calls it.</summary>
public sealed class SignerCertificateTests(RunningService service) : IClassFixture<RunningService>, IDisposable
{
    readonly HttpClient client = service.Client();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task A_walk_meets_every_DSC_that_stays_though_one_is_withdrawn_in_between()
    {
        await service.RoundAsync();
        using var keys = new Keys(service.Now);
        var (one, two, three) = (keys.Dsc(), keys.Dsc(), keys.Dsc());
        Publish(keys, one, two, three);
        var all = await StatusAsync();
        Assert.Equal(3, all.Count);

        var first = await StepAsync(null);
        var gone = new[] { one, two, three }.Single(dsc => dsc.Kid.ToString() == all[1]);
        Publish(keys, [.. new[] { one, two, three }.Select(dsc => dsc == gone ? Without(dsc) : dsc)]);
        var second = await StepAsync(first!.Value.Token);
        Assert.Null(await StepAsync(second!.Value.Token));
        Assert.Equal([all[0], all[2]], [first.Value.Kid, second.Value.Kid]);
        Assert.Equal([all[0], all[2]], await StatusAsync());

        var delta = await client.GetFromJsonAsync<JsonElement>("/signercertificateStatus/delta");
        Assert.Contains(
            gone.Kid.ToString(), delta.GetProperty("deleted").EnumerateArray().Select(kid => kid.GetString()));
        using var asked = await client.PostAsJsonAsync("/signercertificateUpdate", all);
        var answer = await asked.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(2, answer.GetProperty("VN").GetArrayLength());
        Assert.True(answer.GetProperty("VN")[0].TryGetProperty("rawData", out _));
    }

    [Theory]
    [InlineData("/signercertificateUpdate", "X-RESUME-TOKEN", "first")]
    [InlineData("/signercertificateStatus/delta", "If-Modified-Since", "yesterday")]
    public async Task A_header_that_cannot_be_read_is_refused(string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("2021-06-01T00:00:00Z")]
    [InlineData("2021-06-01T02:00:00+02:00")]
    [InlineData("Tue, 01 Jun 2021 00:00:00 GMT")]
    public async Task Both_forms_of_a_date_are_read(string since)
    {
        await service.RoundAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/signercertificateStatus/delta");
        request.Headers.TryAddWithoutValidation("If-Modified-Since", since);
        using var answer = await client.SendAsync(request);
        Assert.NotEqual(
            0, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("updated").GetArrayLength());
    }

    [Theory]
    [InlineData("/signercertificateUpdate")]
    [InlineData("/signercertificateStatus")]
    [InlineData("/v1/trust-list/list.jws")]
    [InlineData("/v1/trust-list/certificates.pem")]
    [InlineData("/.well-known/jwks.json")]
    [InlineData("/.well-known/did.json")]
    [InlineData("/trust-anchor/did.json")]
    public async Task Who_has_the_answer_is_told_so(string path)
    {
        await service.RoundAsync();
        using var first = await client.GetAsync(path);
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(first.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("00")]
    [InlineData("..%2Feu")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task There_is_no_other_list(string digest)
    {
        using var answer = await client.GetAsync($"/v1/trust-list/list-{digest}.json");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    static OwnDsc Without(OwnDsc dsc) => new(dsc.Der.Span, dsc.KeyName, dsc.Facility, withdrawn: true);

    async Task<IReadOnlyList<string>> StatusAsync() =>
        await client.GetFromJsonAsync<List<string>>("/signercertificateStatus") ?? [];

    /// <summary>Null at the end. The kid must be that of the DER, as the app checks.</summary>
    async Task<(string Kid, long Token)?> StepAsync(long? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/signercertificateUpdate");
        request.Headers.Add("X-RESUME-TOKEN", token?.ToString(CultureInfo.InvariantCulture) ?? "");
        using var answer = await client.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.NoContent)
        {
            return null;
        }
        var kid = answer.Headers.GetValues("X-KID").Single();
        Assert.Equal(Kid.OfDsc(Convert.FromBase64String(await answer.Content.ReadAsStringAsync())).ToString(), kid);
        return (kid, long.Parse(answer.Headers.GetValues("X-RESUME-TOKEN").Single(), CultureInfo.InvariantCulture));
    }

    /// <summary>As the publisher does, with rows of our own.</summary>
    void Publish(Keys keys, params OwnDsc[] dscs)
    {
        var folder = service.Published;
        var built = BuildTrustFiles.From(
            new TrustListRows([keys.Csca], [.. dscs.Select(dsc => new ListedDsc(dsc, null))]), ValidityPolicy.Default,
            keys.Anchor, service.Get<PublisherName>().Did, service.Now, Before);
        Assert.Null(built.Rejection);
        FileWriter.Write(folder, built.Value!.Files);

        // The service's own publication is another store's to these keys, not one to go on from.
        byte[]? Before(string path) => TrustAnchor.DerOf(FileWriter.Read(folder, TrustListFiles.AnchorPath)) is { } der
            && der.Span.SequenceEqual(keys.Anchor.Der.Span) ? FileWriter.Read(folder, path) : null;
    }

    /// <summary>An anchor and a CSCA of the test's own.</summary>
    sealed class Keys(DateTimeOffset now) : IDisposable
    {
        readonly SigningKey cscaKey = SigningKey.Create(KeyKind.P256);

        public TrustAnchor Anchor { get; } = TrustAnchor.SelfSigned(
            "VN", "Bộ Y tế", SigningKey.Create(KeyKind.P256), now);

        public Csca Csca => field ??= CreateCsca.SelfSigned(new X509Name("VN", "Bộ Y tế", "CSCA"), cscaKey, now);

        public OwnDsc Dsc()
        {
            using var key = SigningKey.Create(KeyKind.P256);
            var request = RequestDsc.For(new X509Name("VN", "Bộ Y tế", "DSC"), key);
            return new OwnDsc(IssueDsc.From(request, Csca, cscaKey, now, now.AddYears(2), []).Value!, "dsc");
        }

        public void Dispose()
        {
            Anchor.Dispose();
            Csca.Dispose();
            cscaKey.Dispose();
        }
    }
}

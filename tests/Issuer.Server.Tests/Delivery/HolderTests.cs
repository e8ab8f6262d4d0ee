using System.Net;

namespace Issuer.Server.Tests.Delivery;

/// <summary>What holders see of their certificates, and nobody else does.</summary>
public sealed class HolderTests : OneCertified
{
    [Fact]
    public async Task The_history_says_why_there_are_two_codes()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var first = Assert.Single(await citizen.CertificatesAsync());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, first.GetProperty("explanation").ValueKind);
        await service.BoostAsync(Person.Hoa);

        var both = await citizen.CertificatesAsync();

        Assert.Equal(2, both.Count);
        var (current, old) = (both[0], both[1]);
        Assert.Equal("new-dose", current.GetProperty("cause").GetString());
        Assert.Equal(first.GetProperty("id").GetString(), current.GetProperty("predecessor").GetString());
        Assert.Equal(old.GetProperty("lineage").GetString(), current.GetProperty("lineage").GetString());
        Assert.Equal("superseded", old.GetProperty("state").GetString());
        Assert.Contains(
            "hai mã", old.GetProperty("explanation").GetProperty("vi").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            "two codes", old.GetProperty("explanation").GetProperty("en").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_certificate_is_not_there()
    {
        using var owner = service.Citizen(Person.Hoa.Number);
        using var other = service.Citizen(Person.Duc.Number);
        var id = Assert.Single(await owner.CertificatesAsync()).GetProperty("id").GetString();
        Assert.Empty(await other.CertificatesAsync());
        foreach (var path in new[] { "", "/qr.png", "/qr.svg" })
        {
            await other.GetAsync($"/v1/me/certificates/{id}{path}").JsonAsync(HttpStatusCode.NotFound);
        }
        await owner.GetAsync("/v1/me/certificates/0000000000000").JsonAsync(HttpStatusCode.NotFound);
        await owner.GetAsync("/v1/me/certificates/7").JsonAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_list_and_a_certificate_are_not_sent_again_when_unchanged()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString();
        foreach (var path in new[] { "/v1/me/certificates", $"/v1/me/certificates/{id}" })
        {
            using var first = await citizen.GetAsync(path);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var second = await citizen.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
            Assert.True(second.Headers.CacheControl!.Private);
        }
    }

    [Fact]
    public async Task The_log_names_nobody()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString();
        var certificate = await citizen.GetAsync($"/v1/me/certificates/{id}?note={Person.Hoa.Number}")
            .JsonAsync(HttpStatusCode.OK);
        await citizen.GetAsync($"/v1/nowhere/{Person.Hoa.Number}");

        var log = service.Log.Text;
        Assert.Contains("GET /v1/me/certificates/{id} answered 200", log, StringComparison.Ordinal);
        foreach (var secret in new[]
        {
            Person.Hoa.Number, Person.Hoa.FamilyName, Person.Hoa.GivenName, Person.Hoa.Born, id!, "?",
            certificate.GetProperty("uvci").GetString()!, "HC1:",
        })
        {
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
        }
    }
}

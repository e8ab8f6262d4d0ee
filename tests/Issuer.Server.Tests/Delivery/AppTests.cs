using System.Net;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Delivery;

/// <summary>Apps that fetch for citizens.</summary>
public sealed class AppTests : OneCertified
{
    [Fact]
    public async Task An_app_acts_for_the_citizen_only_when_it_says_which_app_it_is()
    {
        using var named = service.Client(service.Token(
            Roles.App, ("identity_number", Person.Hoa.Number),
            ("act", new Dictionary<string, object> { ["sub"] = "vneid" })));
        Assert.Single(await named.CertificatesAsync());
        using var nameless = service.Client(service.Token(Roles.App, ("identity_number", Person.Hoa.Number)));
        await nameless.GetAsync("/v1/me/certificates").JsonAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_app_that_fetches_for_a_citizen_is_named_in_the_audit_trail()
    {
        using var app = service.Client(service.Token(
            Roles.App, ("identity_number", Person.Hoa.Number),
            ("act", new Dictionary<string, object> { ["sub"] = "vneid" })));
        var id = Assert.Single(await app.CertificatesAsync()).GetProperty("id").GetString();

        await app.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK);

        await Eventually.TrueAsync(
            async () => await service.AuditRowsAsync("app vneid", "certificate-fetched") > 0, "the fetch is audited");
    }

    [Fact]
    public async Task An_app_that_fetches_next_year_gets_a_certificate_that_has_not_expired()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var first = Assert.Single(await citizen.CertificatesAsync());
        var nextYear = await service.ReopenedAtAsync(first.GetProperty("expires_at").GetDateTimeOffset().AddDays(-3));
        await nextYear.RoundAsync();

        using var later = nextYear.Citizen(Person.Hoa.Number);
        var certificates = await later.CertificatesAsync();

        Assert.Equal("regenerated", certificates[0].GetProperty("cause").GetString());
        Assert.True(certificates[0].GetProperty("is_current").GetBoolean());
        Assert.True(certificates[0].GetProperty("expires_at").GetDateTimeOffset() > nextYear.Now.AddDays(300));
        Assert.Equal(first.GetProperty("id").GetString(), certificates[1].GetProperty("id").GetString());
        await nextYear.DisposeAsync();
    }
}

using System.Net;
using System.Net.Http.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Delivery;

/// <summary>A picture that every verifier refuses is not drawn, and its holder is told why and what to do.</summary>
public sealed class RevokedPictureTests : IAsyncLifetime
{
    readonly RunningService service = new();

    public Task InitializeAsync() => service.InitializeAsync();

    public Task DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("qr.png")]
    [InlineData("qr.svg")]
    public async Task Of_a_revoked_certificate_no_picture_is_drawn_and_the_detail_stays(string picture)
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = await CertifiedAsync(citizen);
        await RevokeAsync(id, new { reason = "leaked" });

        var problem = await citizen.GetAsync($"/v1/me/certificates/{id}/{picture}").JsonAsync(HttpStatusCode.Gone);

        Assert.Equal("gone", problem.GetProperty("code").GetString());
        Assert.Equal(
            "this certificate is revoked: its code had leaked (chứng nhận này đã bị thu hồi: mã đã bị lộ)",
            problem.GetProperty("detail").GetString());
        Assert.Equal(["certificate:certificate-revoked"], problem.Faults());
        Assert.Contains(
            "hãy",
            problem.GetProperty("faults")[0].GetProperty("message_vi").GetString(),
            StringComparison.OrdinalIgnoreCase);
        var detail = await citizen.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK);
        Assert.Equal("revoked", detail.GetProperty("state").GetString());
        Assert.StartsWith("HC1:", detail.GetProperty("hc1").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_suspended_one_neither_until_the_suspension_ends()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = await CertifiedAsync(citizen);
        await RevokeAsync(id, new { reason = "wrong-data", suspend_until = service.Now.AddDays(3) });

        var problem = await citizen.GetAsync($"/v1/me/certificates/{id}/qr.png").JsonAsync(HttpStatusCode.Conflict);
        Assert.Equal(["certificate:certificate-suspended"], problem.Faults());

        var later = await service.ReopenedAtAsync(RunningService.Start.AddDays(4));
        using var then = later.Citizen(Person.Hoa.Number);
        using var picture = await then.GetAsync($"/v1/me/certificates/{id}/qr.png");
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        await later.DisposeAsync();
    }

    [Fact]
    public async Task A_superseded_one_is_drawn_and_says_what_it_certified_not_what_is_on_record_today()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = await CertifiedAsync(citizen);
        await service.BoostAsync(Person.Hoa);

        var detail = await citizen.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK);

        Assert.Equal("superseded", detail.GetProperty("state").GetString());
        Assert.Equal(3, detail.GetProperty("doses").GetArrayLength());
        var certified = detail.GetProperty("certified");
        Assert.Equal(
            (2, 2, "2026-09-01"),
            (certified.GetProperty("dose_number").GetInt32(), certified.GetProperty("series_doses").GetInt32(),
                certified.GetProperty("vaccinated_on").GetString()));
        Assert.Equal(
            ("Nguyễn", "Thị Hòa"),
            (certified.GetProperty("family_name").GetString(), certified.GetProperty("given_name").GetString()));
        using var picture = await citizen.GetAsync($"/v1/me/certificates/{id}/qr.png");
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
    }

    async Task<string> CertifiedAsync(HttpClient citizen)
    {
        await service.CertifyAsync(Person.Hoa);
        return Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString()!;
    }

    async Task RevokeAsync(string id, object body)
    {
        using var ministry = service.Client(service.Token(Roles.MinistryOperator));
        await ministry.PostAsJsonAsync($"/v1/certificates/{id}/revoke", body).JsonAsync(HttpStatusCode.OK);
    }
}

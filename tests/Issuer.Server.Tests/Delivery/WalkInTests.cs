using System.Net;

namespace Issuer.Server.Tests.Delivery;

/// <summary>Who comes to a facility without a phone.</summary>
public sealed class WalkInTests : OneCertified
{
    [Fact]
    public async Task A_walk_in_gets_the_current_certificate_at_the_facility_that_gave_a_dose_and_leaves_a_row()
    {
        using var clerk = service.Clerk(sub: "counter");
        using var citizen = service.Citizen(Person.Hoa.Number);
        var record = (await clerk.GetAsync("/v1/records").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records")[0].GetProperty("id").GetString();
        var own = Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString();

        var certificate = await clerk.GetAsync($"/v1/records/{record}/certificate").JsonAsync(HttpStatusCode.OK);
        using var picture = await clerk.GetAsync($"/v1/records/{record}/certificate/qr.png?print_mm=40");

        Assert.Equal(own, certificate.GetProperty("id").GetString());
        Assert.StartsWith("HC1:", certificate.GetProperty("hc1").GetString(), StringComparison.Ordinal);
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, await service.AuditRowsAsync(null, "certificate-fetched"));
    }

    [Fact]
    public async Task What_the_caller_entered_or_nobody_signed_for_opens_no_certificate()
    {
        using var clerk = service.Clerk();
        using var other = service.Clerk(RunningService.OtherFacility);
        using var otherCounter = service.Clerk(RunningService.OtherFacility, "counter");
        var entered = (await clerk.GetAsync("/v1/records").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records")[0].GetProperty("id").GetString();
        var claimed = (await other.SubmitAsync(Person.Hoa.Dose("claimed", 3, "2026-12-01"))).GetProperty("id").GetString();
        await service.RoundAsync();

        await clerk.GetAsync($"/v1/records/{entered}/certificate").JsonAsync(HttpStatusCode.NotFound);
        await other.GetAsync($"/v1/records/{claimed}/certificate").JsonAsync(HttpStatusCode.NotFound);
        await otherCounter.GetAsync($"/v1/records/{claimed}/certificate").JsonAsync(HttpStatusCode.NotFound);
    }
}

using System.Net;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Tests.Delivery;

/// <summary>From the dose to a stranger who accepts its certificate.</summary>
public sealed class WholeWayTests : OneCertified
{
    [Fact]
    public async Task A_stranger_accepts_by_the_served_trust_list_what_the_citizen_fetches()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var listed = Assert.Single(await citizen.CertificatesAsync());
        Assert.True(listed.GetProperty("is_current").GetBoolean());
        Assert.Equal(2, listed.GetProperty("dose_number").GetInt32());
        var certificate = await citizen.GetAsync($"/v1/me/certificates/{listed.GetProperty("id").GetString()}")
            .JsonAsync(HttpStatusCode.OK);
        Assert.Equal(2, certificate.GetProperty("doses").GetArrayLength());

        var verification = await VerifyAsync(service, certificate.GetProperty("hc1").GetString()!);
        Assert.Equal(Verdict.Valid, verification.Verdict);
        Assert.Equal(certificate.GetProperty("uvci").GetString(), verification.Hcert!.Dcc.Entry.CertificateIdentifier);
        Assert.Equal("Nguyễn", verification.Hcert.Dcc.Name.FamilyName);
    }

    [Fact]
    public async Task A_foreigner_is_found_by_country_and_passport()
    {
        var foreigner = new Person("M12345678", "Kim", "Min-jun", Core.Records.Sex.Male, "1988-05-05");
        using var clerk = service.Clerk();
        using var signatory = service.Signatory();
        foreach (var dose in new[] { foreigner.Dose("k1", 1, "2026-08-01"), foreigner.Dose("k2", 2, "2026-09-01") })
        {
            dose["identity_type"] = "PASSPORT";
            dose["nationality"] = "KOR";
            await clerk.SubmitAsync(dose);
        }
        await service.RoundAsync();
        await signatory.AttestAsync(
            service.Keys[RunningService.Facility], (await signatory.StatementsAsync()).Values);
        await service.RoundAsync();
        using var holder = service.Citizen("KOR:M12345678");
        Assert.Single(await holder.CertificatesAsync());
        using var compatriot = service.Citizen("JPN:M12345678");
        Assert.Empty(await compatriot.CertificatesAsync());
    }

    [Fact]
    public async Task A_year_later_the_token_and_the_certificate_have_expired()
    {
        using var today = service.Citizen(Person.Hoa.Number);
        var id = Assert.Single(await today.CertificatesAsync()).GetProperty("id").GetString();
        var hc1 = (await today.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK))
            .GetProperty("hc1").GetString()!;
        var oldToken = service.Token(Roles.Citizen, ("identity_number", Person.Hoa.Number));

        var later = await service.ReopenedAtAsync(RunningService.Start.AddDays(370));
        try
        {
            using var expired = later.Client(oldToken);
            await expired.GetAsync("/v1/me/certificates").JsonAsync(HttpStatusCode.Unauthorized);
            using var citizen = later.Citizen(Person.Hoa.Number);
            Assert.Equal("expired", Assert.Single(await citizen.CertificatesAsync()).GetProperty("state").GetString());
            Assert.Equal(Verdict.Expired, (await VerifyAsync(later, hc1)).Verdict);
        }
        finally
        {
            await later.DisposeAsync();
        }
    }

    static async Task<Judgement> VerifyAsync(RunningService service, string hc1)
    {
        using var stranger = service.Client();
        var list = await stranger.GetByteArrayAsync("/v1/trust-list");
        var anchor = await stranger.GetByteArrayAsync("/v1/trust-list/anchor");
        var reading = ReadTrustList.From(list, anchor);
        Assert.Empty(reading.Disbelieved);
        var dscs = reading.Dscs
            .Select(der => Dsc.TryParse(der, out var dsc, out var why) ? dsc : throw new InvalidDataException(why))
            .ToLookup(dsc => dsc.Kid);
        return HcertVerifier.Verify(hc1, hcert => dscs[hcert.Kid!.Value], service.Now);
    }
}

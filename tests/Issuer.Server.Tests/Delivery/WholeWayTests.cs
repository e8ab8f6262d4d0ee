using System.Diagnostics;
using System.Net;
using System.Text;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Server.Access;

namespace Issuer.Server.Tests.Delivery;

public sealed class WholeWayTests : IAsyncLifetime
{
    readonly RunningService service = new();

    public async Task InitializeAsync()
    {
        await service.InitializeAsync();
        await service.CertifyAsync(Person.Hoa);
    }

    public Task DisposeAsync() => service.DisposeAsync();

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
    public async Task An_app_acts_for_the_citizen_only_when_it_says_which_app_it_is()
    {
        using var named = service.Client(service.Token(
            Roles.App, ("identity_number", Person.Hoa.Number), ("act", new Dictionary<string, object> { ["sub"] = "vneid" })));
        Assert.Single(await named.CertificatesAsync());
        using var nameless = service.Client(service.Token(Roles.App, ("identity_number", Person.Hoa.Number)));
        await nameless.GetAsync("/v1/me/certificates").JsonAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_app_that_fetches_for_a_citizen_is_named_in_the_audit_trail()
    {
        using var app = service.Client(service.Token(
            Roles.App, ("identity_number", Person.Hoa.Number), ("act", new Dictionary<string, object> { ["sub"] = "vneid" })));
        var id = Assert.Single(await app.CertificatesAsync()).GetProperty("id").GetString();

        await app.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK);

        for (var tries = 0; await service.AuditRowsAsync("app vneid", "certificate-fetched") == 0; tries++)
        {
            Assert.InRange(tries, 0, 100);
            await Task.Delay(100);
        }
    }

    [Fact]
    public async Task A_walk_in_gets_the_current_certificate_at_the_facility_that_gave_a_dose_and_leaves_a_row()
    {
        using var clerk = service.Clerk();
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
        Assert.Contains("hai mã", old.GetProperty("explanation").GetProperty("vi").GetString(), StringComparison.Ordinal);
        Assert.Contains("two codes", old.GetProperty("explanation").GetProperty("en").GetString(), StringComparison.Ordinal);
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
        Assert.True(certificates[0].GetProperty("expires_at").GetDateTimeOffset() > nextYear.Place.Now.AddDays(300));
        Assert.Equal(first.GetProperty("id").GetString(), certificates[1].GetProperty("id").GetString());
        await nextYear.DisposeAsync();
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
    public async Task The_picture_reads_back_to_the_same_text_and_lies_in_no_cache()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString();
        var hc1 = (await citizen.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK))
            .GetProperty("hc1").GetString();
        using var picture = await citizen.GetAsync($"/v1/me/certificates/{id}/qr.png?print_mm=40");
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.True(picture.Headers.CacheControl is { Private: true, NoStore: true });
        if (await ReadWithZbarAsync(await picture.Content.ReadAsByteArrayAsync()) is { } read)
        {
            Assert.Equal(hc1, read);
        }
        var svg = await citizen.GetStringAsync($"/v1/me/certificates/{id}/qr.svg?print_mm=60");
        Assert.Contains("mm\"", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("34", HttpStatusCode.UnprocessableEntity)]
    [InlineData("61", HttpStatusCode.UnprocessableEntity)]
    [InlineData("-1", HttpStatusCode.UnprocessableEntity)]
    [InlineData("big", HttpStatusCode.BadRequest)]
    public async Task A_print_size_outside_the_recommended_range_is_refused(string size, HttpStatusCode expected)
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString();
        await citizen.GetAsync($"/v1/me/certificates/{id}/qr.png?print_mm={size}").JsonAsync(expected);
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

    static async Task<Hcert.Verification> VerifyAsync(RunningService service, string hc1)
    {
        using var stranger = service.Client();
        var list = await stranger.GetByteArrayAsync("/v1/trust-list");
        var anchor = await stranger.GetByteArrayAsync("/v1/trust-list/anchor");
        var reading = ReadTrustList.From(list, anchor);
        Assert.Empty(reading.Disbelieved);
        var dscs = reading.Dscs
            .Select(der => Dsc.TryParse(der, out var dsc, out var why) ? dsc : throw new InvalidDataException(why))
            .ToLookup(dsc => dsc.Kid);
        return HcertVerifier.Verify(hc1, hcert => dscs[hcert.Kid!.Value], service.Place.Now);
    }

    /// <summary>What a foreign reader reads; null where it is not installed.</summary>
    static async Task<string?> ReadWithZbarAsync(byte[] png)
    {
        const string reader = "/usr/bin/zbarimg";
        if (!File.Exists(reader))
        {
            return null;
        }
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, png);
            using var process = Process.Start(new ProcessStartInfo(reader, ["--quiet", "--raw", path])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.ASCII,
            })!;
            var text = await process.StandardOutput.ReadToEndAsync();
            return text.TrimEnd('\n');
        }
        finally
        {
            File.Delete(path);
        }
    }
}

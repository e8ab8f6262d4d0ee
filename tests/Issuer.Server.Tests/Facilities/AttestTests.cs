using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Facilities;

public sealed class AttestTests : OwnService
{
    byte[] statement = [];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        using var clerk = service.Clerk();
        await clerk.SubmitAsync(Person.Hoa.Dose("1", 1, "2026-09-01"));
        await service.RoundAsync();
        using var signatory = service.Signatory();
        statement = Assert.Single(await signatory.StatementsAsync()).Value;
    }

    [Fact]
    public async Task A_signature_over_the_statement_is_kept_once()
    {
        using var signatory = service.Signatory();
        Assert.Equal([null, "statement-changed"],
            await signatory.AttestAsync(service.Keys[RunningService.Facility], statement, statement));
        Assert.Empty(await signatory.StatementsAsync());
        Assert.Equal(["nothing-to-attest"],
            await signatory.AttestAsync(service.Keys[RunningService.Facility], statement));
    }

    [Fact]
    public async Task Another_facilitys_key_makes_no_good_signature()
    {
        using var signatory = service.Signatory();
        Assert.Equal(["bad-signature"],
            await signatory.AttestAsync(service.Keys[RunningService.OtherFacility], statement));
    }

    [Fact]
    public async Task Another_facility_has_nothing_to_attest()
    {
        using var signatory = service.Signatory(RunningService.OtherFacility);
        Assert.Empty(await signatory.StatementsAsync());
        Assert.Equal(["nothing-to-attest"],
            await signatory.AttestAsync(service.Keys[RunningService.OtherFacility], statement));
    }

    [Fact]
    public async Task A_statement_that_was_changed_does_not_stand()
    {
        using var signatory = service.Signatory();
        var changed = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(statement).Replace("VC123", "VC124", StringComparison.Ordinal));
        Assert.Equal(["statement-changed"],
            await signatory.AttestAsync(service.Keys[RunningService.Facility], changed));
    }

    [Fact]
    public async Task A_record_corrected_since_needs_a_new_signature()
    {
        using var clerk = service.Clerk();
        using var signatory = service.Signatory();
        var dose = Person.Hoa.Dose("1", 1, "2026-09-02");
        dose["corrects"] = 1;
        await clerk.SubmitAsync(dose);
        await service.RoundAsync();
        Assert.Equal(["statement-changed"],
            await signatory.AttestAsync(service.Keys[RunningService.Facility], statement));
    }

    [Fact]
    public async Task Whoever_entered_the_record_does_not_sign_for_it()
    {
        using var signatory = service.Signatory(sub: "clerk");
        Assert.Equal(["same-person"],
            await signatory.AttestAsync(service.Keys[RunningService.Facility], statement));
    }

    [Fact]
    public async Task An_authentication_of_an_hour_ago_is_too_old_to_sign()
    {
        using var signatory = service.Client(service.Token(
            Roles.FacilitySignatory, ("facility", RunningService.Facility),
            ("auth_time", service.Now.AddHours(-1).ToUnixTimeSeconds())));
        var problem = await signatory.PostAsJsonAsync("/v1/attestations", new { signatures = Array.Empty<string>() })
            .JsonAsync(HttpStatusCode.Forbidden);
        Assert.Equal(["auth_time:stale-authentication"], problem.Faults());
    }

    [Fact]
    public async Task Nonsense_among_the_signatures_is_told_in_its_place()
    {
        using var signatory = service.Signatory();
        var answer = await signatory
            .PostAsJsonAsync("/v1/attestations", new { signatures = new[] { "", "a.b.c", "é" } })
            .JsonAsync(HttpStatusCode.OK);
        Assert.Equal(["malformed-jws", "malformed-jws", "malformed-jws"],
            answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("fault").GetString()));
    }

    [Theory]
    [InlineData("{\"signatures\":[1]}", "signatures:bad-type")]
    [InlineData("{\"signatures\":[],\"signatures\":[]}", "signatures:repeated-in-request")]
    [InlineData("{\"signature\":[]}", "signature:unknown-member")]
    public async Task A_body_of_another_shape_is_refused(string body, string fault)
    {
        using var signatory = service.Signatory();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var problem = await signatory.PostAsync("/v1/attestations", content)
            .JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Contains(fault, problem.Faults());
    }

    [Fact]
    public async Task A_key_registered_as_JWK_or_PEM_is_what_signatures_are_checked_with()
    {
        using var ministry = service.Client(service.Token(Roles.MinistrySecurity));
        using var signatory = service.Signatory();
        using var second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = second.ExportParameters(false).Q;
        var jwk = JsonSerializer.Serialize(new
        {
            kty = "EC",
            crv = "P-256",
            x = System.Buffers.Text.Base64Url.EncodeToString(point.X!),
            y = System.Buffers.Text.Base64Url.EncodeToString(point.Y!),
        });
        Assert.Equal(HttpStatusCode.NoContent, await PutKeyAsync(ministry, jwk, "application/json"));
        Assert.Equal(["bad-signature"], await signatory.AttestAsync(service.Keys[RunningService.Facility], statement));

        var pem = service.Keys[RunningService.Facility].ExportSubjectPublicKeyInfoPem();
        Assert.Equal(HttpStatusCode.NoContent, await PutKeyAsync(ministry, pem, "application/x-pem-file"));
        Assert.Equal([null], await signatory.AttestAsync(service.Keys[RunningService.Facility], statement));
    }

    [Fact]
    public async Task A_private_key_another_curve_and_nonsense_are_no_attestation_keys()
    {
        using var ministry = service.Client(service.Token(Roles.MinistrySecurity));
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string[] bodies =
        [
            service.Keys[RunningService.Facility].ExportPkcs8PrivateKeyPem(), p384.ExportSubjectPublicKeyInfoPem(), "",
            "{", """{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}""",
        ];
        foreach (var body in bodies)
        {
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity, await PutKeyAsync(ministry, body, "application/x-pem-file"));
        }
    }

    static async Task<HttpStatusCode> PutKeyAsync(HttpClient ministry, string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await ministry.PutAsync(
            $"/v1/facilities/{RunningService.Facility}/attestation-key", content);
        return response.StatusCode;
    }
}

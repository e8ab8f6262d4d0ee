using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Issuer.Server.Edge.Access;
using Issuer.Server.Tests.Verbs;

namespace Issuer.Server.Tests.Revocation;

/// <summary>
/// The ministry's own revocations outside Development: a started service, keys of a ceremony, tokens of an identity
/// provider. Two people from the first, leaks excepted.
/// </summary>
public sealed class RealRevocationTests : RealProgram
{
    const string Facility = "01-0001";

    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task The_ministrys_revocations_take_two_people_and_a_leak_takes_one()
    {
        await PrepareAsync();
        await using var service = await ServeAsync(Ours);
        await CertifyAsync(service, Person.Hoa, Person.Duc);
        using var one = service.Client(Ours.Token("one", Roles.MinistryOperator));
        using var both = service.Client(Ours.Token(" ONE", Roles.MinistrySecurity));
        using var two = service.Client(Ours.Token("two", Roles.MinistrySecurity));
        var (hoa, duc) = (await CurrentAsync(service, Person.Hoa), await CurrentAsync(service, Person.Duc));

        var asked = await one.PostAsJsonAsync($"/v1/certificates/{hoa}/revoke", new { reason = "fraud" })
            .JsonAsync(HttpStatusCode.Accepted);
        var bulk = await one.PostAsJsonAsync(
            "/v1/revocations", new { reason = "fraud", because = "invented", facility = Facility })
            .JsonAsync(HttpStatusCode.Accepted);
        foreach (var request in new[] { asked, bulk })
        {
            var id = request.GetProperty("id").GetString();
            await one.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.Forbidden);
            await both.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.Forbidden);
        }
        var leaked = await one.PostAsJsonAsync($"/v1/certificates/{duc}/revoke", new { reason = "leaked" })
            .JsonAsync(HttpStatusCode.OK);
        Assert.Equal(1, leaked.GetProperty("certificates").GetInt32());
        Assert.Equal(hoa, await CurrentAsync(service, Person.Hoa));

        await two.PostAsync($"/v1/approvals/{asked.GetProperty("id").GetString()}/approve", null)
            .JsonAsync(HttpStatusCode.OK);
        await Eventually.TrueAsync(
            async () => (await ListAsync(service, Person.Hoa)).All(one => StateOf(one) == "revoked"),
            "the job revokes what two people decided");
        await Eventually.TrueAsync(
            async () => (await ListAsync(service, Person.Duc)).Any(one => StateOf(one) == "current"),
            "whose code leaked gets another");
    }

    /// <summary>Keys, a DSC, a facility and the registry, as docs/operate.md has it.</summary>
    async Task PrepareAsync()
    {
        var none = new Dictionary<string, string>();
        var (security, operators) = (
            Ours.Token("sec", Roles.MinistrySecurity), Ours.Token("op", Roles.MinistryOperator));
        await DoneAsync(RunAsync(none, "csca", "create", "--out", PathOf("ceremony")));
        await DoneAsync(RunAsync(none, "anchor", "create", "--out", Path.Combine(Data, "keys")));
        var requested = await DoneAsync(RunAsync(
            Ours, security, "dsc", "request", "--out", PathOf("one.csr"), "--json"));
        await DoneAsync(RunAsync(
            none, "dsc", "issue", "--request", PathOf("one.csr"), "--csca", PathOf("ceremony"), "--out",
            PathOf("one.pem")));
        await DoneAsync(RunAsync(
            Ours, security, "dsc", "import", PathOf("one.pem"), "--key",
            JsonDocument.Parse(requested).RootElement.GetProperty("key").GetString()!, "--csca",
            PathOf("ceremony/csca.pem")));
        await DoneAsync(RunAsync(Ours, operators, "import", FileOf(
            "facilities.csv", $"code,name,kind,province,commune\n{Facility},Trạm y tế Phúc Xá,station,01,\n")));
        await DoneAsync(RunAsync(Ours, operators, "import", FileOf(
            "population.csv",
            "identity_number,old_identity_number,family_name,given_name,sex,date_of_birth,commune\n"
                + string.Concat(new[] { Person.Hoa, Person.Duc }.Select(person =>
                    $"{person.Number},,{person.FamilyName},{person.GivenName},{person.Sex.ToString()[0]},"
                        + $"{person.Born},\n")))));
    }

    async Task CertifyAsync(RealService service, params Person[] people)
    {
        using var security = service.Client(Ours.Token("sec", Roles.MinistrySecurity));
        using var pem = new StringContent(key.ExportSubjectPublicKeyInfoPem(), null, "application/x-pem-file");
        using var registered = await security.PutAsync($"/v1/facilities/{Facility}/attestation-key", pem);
        Assert.Equal(HttpStatusCode.NoContent, registered.StatusCode);
        using var clerk = service.Client(Ours.Token("clerk", Roles.FacilityClerk, ("facility", Facility)));
        foreach (var person in people)
        {
            await clerk.SubmitAsync(person.Dose($"{person.Number}-1", 1, "2021-08-01"));
            await clerk.SubmitAsync(person.Dose($"{person.Number}-2", 2, "2021-09-01"));
        }
        using var signatory = service.Client(
            Ours.Token("signatory", Roles.FacilitySignatory, ("facility", Facility)));
        await Eventually.TrueAsync(
            async () => (await signatory.StatementsAsync()).Count == 2 * people.Length, "the doses match");
        Assert.All(await signatory.AttestAsync(key, (await signatory.StatementsAsync()).Values), Assert.Null);
        foreach (var person in people)
        {
            await Eventually.TrueAsync(
                async () => (await ListAsync(service, person)).Count == 1, "the certificate is issued");
        }
    }

    async Task<string> CurrentAsync(RealService service, Person person) =>
        (await ListAsync(service, person)).Single(one => StateOf(one) == "current").GetProperty("id").GetString()!;

    async Task<IReadOnlyList<JsonElement>> ListAsync(RealService service, Person person)
    {
        using var citizen = service.Client(
            Ours.Token(person.Number, Roles.Citizen, ("identity_number", person.Number)));
        return await citizen.CertificatesAsync();
    }

    static string StateOf(JsonElement certificate) => certificate.GetProperty("state").GetString()!;

    static async Task<string> DoneAsync(Task<(int Exit, string Output, string Error)> running)
    {
        var (exit, output, error) = await running;
        Assert.True(exit == 0, error);
        return output;
    }
}

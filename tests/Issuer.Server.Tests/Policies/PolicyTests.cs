using System.Net;
using System.Net.Http.Json;
using System.Text;
using Issuer.Core.Policies;
using Issuer.Server.Edge.Access;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Server.Tests.Verbs;
using Issuer.Storage;

namespace Issuer.Server.Tests.Policies;

/// <summary>Policies as versions, seen from a running service.</summary>
public sealed class PolicyTests : OwnService
{
    const string ValidityFile = "validity-policy.json";

    [Fact]
    public async Task A_policy_that_another_instance_imported_reaches_a_running_one_within_one_round()
    {
        await using var other = await Store.OpenAsync(null, service.Get<DataFolder>().Path, default);
        var import = new ImportPolicies(other.Policies);
        Assert.Null((await import.ImportAsync(Months(6), service.Act("other"), default)).Rejection);
        Assert.Equal(12, service.Get<PoliciesNow>().Validity.Months);

        await service.RoundAsync();
        Assert.Equal(6, service.Get<PoliciesNow>().Validity.Months);
    }

    [Fact]
    public async Task Two_people_import_a_policy_and_the_next_round_goes_by_it()
    {
        using var asker = Security("asker");
        using var second = Security("second");
        var asked = await asker.PostAsJsonAsync(
            "/v1/policies/import", new { policy = Said(6), reason = "half a year" }).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal(
            (6, "import-policy"),
            (asked.GetProperty("command").GetProperty("policy").GetProperty("months").GetInt32(),
                asked.GetProperty("act").GetString()));
        var path = $"/v1/approvals/{asked.GetProperty("id").GetString()}/approve";

        await asker.PostAsync(path, null).JsonAsync(HttpStatusCode.Forbidden);
        Assert.Equal((0, 12), await HoldingAsync(asker));
        await second.PostAsync(path, null).JsonAsync(HttpStatusCode.OK);
        Assert.Equal((1, 6), await HoldingAsync(asker));
        await service.RoundAsync();
        await service.CertifyAsync(Person.Hoa);
        using var citizen = service.Citizen(Person.Hoa.Number);
        var certificate = (await citizen.CertificatesAsync())[0];
        Assert.Equal(
            new DateTimeOffset(2027, 7, 15, 17, 0, 0, TimeSpan.Zero),
            certificate.GetProperty("expires_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_policy_that_breaks_rules_is_refused_with_every_fault_and_its_path()
    {
        using var asker = Security("asker");
        var problem = await asker.PostAsJsonAsync(
            "/v1/policies/import", new { policy = new { kind = "exempt-cap", least = -1, more = 1 }, reason = "x" })
            .JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(
            "the policy is refused: validFrom: is missing; least: must be a whole number from 0 to 100000; "
                + "percent: is missing; more: is not a known member",
            problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_file_beside_a_store_of_before_holds_by_its_digest_and_another_keeps_the_service_from_starting()
    {
        await service.CertifyAsync(Person.Hoa);
        await ForgetNotedFilesAsync();
        var path = Path.Combine(service.Get<DataFolder>().Path, ValidityFile);
        await File.WriteAllTextAsync(path, """{"months": 6}""");

        var noting = await service.ReopenedAtAsync(RunningService.Start.AddHours(1));
        Assert.Equal(6, noting.Issuer.Get<PoliciesNow>().Validity.Months);
        await noting.DisposeAsync();
        await File.WriteAllTextAsync(path, """{"months": 60}""");
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => service.ReopenedAtAsync(RunningService.Start.AddHours(2)));
        Assert.StartsWith(
            "validity-policy.json is not the file that this store took note of", refused.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);

        File.Delete(path);
        var without = await service.ReopenedAtAsync(RunningService.Start.AddHours(3));
        Assert.Equal(6, without.Issuer.Get<PoliciesNow>().Validity.Months);
        await without.DisposeAsync();
    }

    [Fact]
    public async Task A_file_that_is_laid_beside_the_store_later_counts_for_nothing()
    {
        await service.CertifyAsync(Person.Hoa);
        await File.WriteAllTextAsync(
            Path.Combine(service.Get<DataFolder>().Path, ValidityFile), """{"months": 60}""");

        var later = await service.ReopenedAtAsync(RunningService.Start.AddHours(4));
        Assert.Equal(12, later.Issuer.Get<PoliciesNow>().Validity.Months);
        await later.DisposeAsync();
    }

    [Fact]
    public async Task Migrate_notes_the_files_it_finds_and_says_that_two_people_are_asked()
    {
        await service.CertifyAsync(Person.Hoa);
        await ForgetNotedFilesAsync();
        var data = service.Data.Path;
        await File.WriteAllTextAsync(Path.Combine(data, ValidityFile), """{"months": 6}""");

        var (exit, _, error) = await TypedProgram.RunAsync("Development", "migrate", "--data", data);
        Assert.Equal(0, exit);
        Assert.Contains("until two people import it: issuer policy import --found", error, StringComparison.Ordinal);
        Assert.Contains("\"months\":6", error, StringComparison.Ordinal);
        await service.RoundAsync();
        Assert.Equal(6, service.Get<PoliciesNow>().Validity.Months);
    }

    HttpClient Security(string sub) => service.Client(service.Token(Roles.MinistrySecurity, ("sub", sub)));

    async Task ForgetNotedFilesAsync()
    {
        await using var database = await Database.OpenAsync(null, service.Get<DataFolder>().Path, default);
        await database.WriteAsync(
            session => session.ExecuteAsync("delete from setting where name = 'policy-files-noted'"), default);
    }

    static async Task<(int Version, int Months)> HoldingAsync(HttpClient client)
    {
        var list = await client.GetAsync("/v1/policies").JsonAsync(HttpStatusCode.OK);
        var holds = list.GetProperty("policies").EnumerateArray()
            .Single(policy => policy.GetProperty("kind").GetString() == "validity").GetProperty("holds");
        return (holds.GetProperty("version").GetInt32(),
            holds.GetProperty("document").GetProperty("months").GetInt32());
    }

    static object Said(int months) => new
    {
        kind = "validity", validFrom = "2027-01-01", months, utcOffsetHours = 7, endOfDay = true,
        regenerationWindowDays = 30, regenerationSpreadDays = 20,
    };

    static PolicyDocument Months(int months) => PolicyDocument.Trusted(
        Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(Said(months))));
}

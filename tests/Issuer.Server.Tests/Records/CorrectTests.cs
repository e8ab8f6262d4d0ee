using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;

namespace Issuer.Server.Tests.Records;

public sealed class CorrectTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task A_correction_of_the_version_that_was_read_makes_the_next_one()
    {
        using var clerk = service.Clerk();
        var (id, dose) = await SubmittedAsync(clerk, "put-1");
        dose["lot"] = "VC9";

        var corrected = await PutAsync(clerk, id, dose, "\"1\"", HttpStatusCode.OK);
        var again = await PutAsync(clerk, id, dose, "\"1\"", HttpStatusCode.OK);

        Assert.Equal(("corrected", 2), (OutcomeOf(corrected), corrected.GetProperty("version").GetInt64()));
        Assert.Equal(("unchanged", 2), (OutcomeOf(again), again.GetProperty("version").GetInt64()));
    }

    [Fact]
    public async Task A_correction_of_another_version_is_a_conflict()
    {
        using var clerk = service.Clerk();
        var (id, dose) = await SubmittedAsync(clerk, "put-2");
        dose["lot"] = "VC9";
        Assert.Equal(["corrects:wrong-version"],
            (await PutAsync(clerk, id, dose, "\"2\"", HttpStatusCode.Conflict)).Faults());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*")]
    [InlineData("\"x\"")]
    [InlineData("W/\"1\"")]
    public async Task Without_a_version_nothing_is_corrected(string? version)
    {
        using var clerk = service.Clerk();
        var (id, dose) = await SubmittedAsync(clerk, $"put-3-{version?.Length}");
        var problem = await PutAsync(clerk, id, dose, version, HttpStatusCode.BadRequest);
        Assert.StartsWith("If-Match:", Assert.Single(problem.Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_stays_and_the_body_may_leave_it_out()
    {
        using var clerk = service.Clerk();
        var (id, dose) = await SubmittedAsync(clerk, "put-4");
        dose["reference"] = "put-other";
        Assert.Equal(["reference:reference-is-fixed"],
            (await PutAsync(clerk, id, dose, "\"1\"", HttpStatusCode.UnprocessableEntity)).Faults());
        dose.Remove("reference");
        dose["lot"] = "VC9";
        Assert.Equal("corrected", OutcomeOf(await PutAsync(clerk, id, dose, "\"1\"", HttpStatusCode.OK)));
    }

    [Fact]
    public async Task A_record_that_is_held_says_why()
    {
        using var clerk = service.Clerk();
        await service.Get<LotStore>().SaveAsync(
            [new Issuer.Core.Records.Lot(
                "BBIBP-CorV", "HELD1", RunningService.Facility, service.Get<NationalClock>().Today, 0)],
            service.Act("test"), default);
        var (id, _) = await SubmittedAsync(clerk, "held-1", lot: "HELD1");
        var record = await clerk.GetAsync($"/v1/records/{id}").JsonAsync(HttpStatusCode.OK);
        Assert.Equal("stock-overrun", record.GetProperty("held").GetString());
    }

    static async Task<(string Id, Dictionary<string, object?> Dose)> SubmittedAsync(
        HttpClient clerk, string reference, string lot = "VC123")
    {
        var dose = Person.Hoa.Dose(reference, 1, "2026-09-01");
        dose["lot"] = lot;
        return ((await clerk.SubmitAsync(dose)).GetProperty("id").GetString()!, dose);
    }

    static string? OutcomeOf(JsonElement answer) => answer.GetProperty("outcome").GetString();

    static async Task<JsonElement> PutAsync(
        HttpClient clerk, string id, object dose, string? version, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/records/{id}")
        {
            Content = JsonContent.Create(dose),
        };
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }
        return await clerk.SendAsync(request).JsonAsync(expected);
    }
}

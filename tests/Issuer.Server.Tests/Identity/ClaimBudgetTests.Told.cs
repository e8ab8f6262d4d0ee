using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Issuer.Core.Facilities;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Progress;
using Issuer.Server.Tests.Grpc;
using Microsoft.Extensions.DependencyInjection;
using V1 = Issuer.Server.Edge.Grpc.V1;

namespace Issuer.Server.Tests.Identity;

/// <summary>Everything that a guess could be told by.</summary>
public sealed partial class ClaimBudgetTests
{
    [GeneratedRegex("[0-9A-HJKMNP-TV-Z]{13}")]
    private static partial Regex OpaqueIds { get; }

    /// <summary>All that the guessing facility, and its victim, are told of the last guess.</summary>
    static async Task<List<(string Where, string What)>> ToldAsync(string born, int before = 6)
    {
        await using var opened = await NewAsync();
        var service = opened.Service;
        await service.CertifyAsync(Person.Hoa);
        using var clerk = service.Clerk(Guesser);
        using var signatory = service.Signatory(Guesser);
        using var citizen = service.Citizen(Person.Hoa.Number);
        var told = new List<(string Where, string What)>();
        async Task TellAsync(string where, Task<HttpResponseMessage> answer)
        {
            using var response = await answer;
            told.Add((where, OpaqueIds.Replace(
                $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}", "ID")));
        }
        await clerk.SubmitAsync(
            Enumerable.Range(1, before).Select(n => Guess($"wrong-{n}", $"1985-01-{n:D2}")).ToArray(),
            HttpStatusCode.OK);
        await service.RoundAsync();
        var first = (await RecordsAsync(clerk))[0].GetProperty("id").GetString()!;

        await TellAsync("submit", clerk.PostAsJsonAsync("/v1/records", Guess("last", born)));
        await TellAsync("submit many", clerk.PostAsJsonAsync("/v1/records", new[] { Guess("last", born) }));
        await service.RoundAsync();
        await service.RoundAsync<CountJob>(CountJob.Every(TimeSpan.FromHours(1)));
        var id = (await RecordsAsync(clerk)).Last().GetProperty("id").GetString()!;
        await TellAsync("submit again", clerk.PostAsJsonAsync("/v1/records", Guess("last", born)));
        using (var csv = Csv(Guess("last", born)))
        {
            var import = (await clerk.PostAsync("/v1/records/import", csv).JsonAsync(HttpStatusCode.Accepted))
                .GetProperty("id").GetString();
            await Eventually.TrueAsync(
                async () => (await clerk.GetStringAsync($"/v1/imports/{import}")).Contains(
                    "\"state\":\"done\"", StringComparison.Ordinal),
                "the import ends");
            await TellAsync("import", clerk.GetAsync($"/v1/imports/{import}"));
            await TellAsync("import faults", clerk.GetAsync($"/v1/imports/{import}/faults"));
        }
        foreach (var path in new[]
        {
            "/v1/records", $"/v1/records/{id}", "/v1/worklist", "/v1/worklist?error_group=3",
            "/v1/worklist?error_group=course", "/v1/worklist?error_group=not_found", "/v1/worklist/course",
            "/v1/duplicates", "/v1/progress", "/v1/reports", $"/v1/records/{id}/certificate",
            $"/v1/records/{id}/certificate/qr.png",
        })
        {
            await TellAsync(path.Replace(id, "ID", StringComparison.Ordinal), clerk.GetAsync(path));
        }
        using (var list = new HttpRequestMessage(HttpMethod.Get, "/v1/worklist"))
        {
            list.Headers.Accept.ParseAdd("text/csv");
            await TellAsync("worklist.csv", clerk.SendAsync(list));
        }
        await TellAsync("to attest", signatory.GetAsync("/v1/records/to-attest"));
        await TellAsync("attest", signatory.PostAsJsonAsync(
            "/v1/attestations", new { signatures = new[] { Forged(service, id) } }));
        await TellAsync("accept", WithMatch(clerk, HttpMethod.Post, $"/v1/records/{id}/accept-suggestion"));
        await TellAsync("confirm", WithMatch(signatory, HttpMethod.Post, $"/v1/records/{id}/confirm"));
        await TellAsync("merge", clerk.PostAsJsonAsync($"/v1/duplicates/{id}/merge", new { original = first }));
        await TellAsync("undo", clerk.PostAsync($"/v1/duplicates/{id}/undo", null));
        await TellAsync("hand out", clerk.PostAsJsonAsync("/v1/certificates/hand-out", new
        {
            identity_number = Person.Hoa.Number, date_of_birth = "1985-03-10", last_vaccinated_on = "2026-09-01",
        }));
        await TellAsync("me", citizen.GetAsync("/v1/me"));
        told.AddRange(await OverGrpcAsync(service, id));
        await TellAsync("correct", WithMatch(
            clerk, HttpMethod.Put, $"/v1/records/{id}", JsonContent.Create(Guess("last", "1985-02-02"))));
        await TellAsync("withdraw", WithMatch(
            clerk, HttpMethod.Post, $"/v1/records/{id}/withdraw", JsonContent.Create(new { reason = "duplicate" }), 2));
        await TellAsync("all at the end", clerk.GetAsync("/v1/records"));
        return told;
    }

    static async Task<List<(string Where, string What)>> OverGrpcAsync(RunningService service, string id)
    {
        using var clerk = service.Grpc(service.Token(Roles.FacilityClerk, ("sub", "clerk"), ("facility", Guesser)));
        using var signatory = service.Grpc(
            service.Token(Roles.FacilitySignatory, ("sub", "signatory"), ("facility", Guesser)));
        var told = new List<(string, string)>();
        foreach (var (caller, method, message, parser) in new (GrpcClient, string, IMessage, MessageParser)[]
        {
            (clerk, "Records/GetState", new V1.GetStateRequest { Id = id }, V1.RecordState.Parser),
            (clerk, "Records/List", new V1.ListRecordsRequest(), V1.RecordList.Parser),
            (clerk, "Worklist/List", new V1.ListWorklistRequest(), V1.WorklistPage.Parser),
            (clerk, "Worklist/ListCourse", new V1.ListCourseRequest(), V1.CourseQuestionPage.Parser),
            (clerk, "Worklist/AcceptSuggestion", new V1.AcceptSuggestionRequest { RecordId = id, Version = 1 },
                V1.AcceptedSuggestion.Parser),
            (clerk, "Certificates/GetOfRecord", new V1.GetOfRecordRequest { RecordId = id }, V1.Certificate.Parser),
            (signatory, "Attestations/ListToAttest", new V1.ListToAttestRequest(), V1.StatementList.Parser),
        })
        {
            var ending = await caller.CallAsync($"/issuer.v1.{method}", message);
            told.Add((method, OpaqueIds.Replace(
                $"{ending.Status} {ending.Message} {string.Join('|', ending.Replies.Select(parser.ParseFrom))}", "ID")));
        }
        return told;
    }

    static Task<HttpResponseMessage> WithMatch(
        HttpClient client, HttpMethod method, string path, HttpContent? body = null, int version = 1)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.IfMatch.ParseAdd($"\"{version}\"");
        return client.SendAsync(request);
    }

    /// <summary>A signature over a statement about the record, made up without having seen one.</summary>
    static string Forged(RunningService service, string id)
    {
        Assert.True(service.Services.GetRequiredService<PathIds>().Records.TryRead(id, out var record));
        return CompactJws.Sign(
            Encoding.UTF8.GetBytes($$"""{"record":{{record}},"version":1}"""), service.Keys[Guesser]);
    }

    static StringContent Csv(Dictionary<string, object?> dose) => new(
        $"{string.Join(',', dose.Keys)}\n{string.Join(',', dose.Values)}\n", Encoding.UTF8, "text/csv");
}

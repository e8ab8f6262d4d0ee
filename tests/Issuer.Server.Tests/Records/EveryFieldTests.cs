using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Grpc.V1;
using Issuer.Server.Edge.Rest.Records;
using Issuer.Server.Features.Records;
using Issuer.Storage.Identity;
using Issuer.Tests.Records;
using Record = Issuer.Server.Edge.Grpc.V1.Record;

namespace Issuer.Server.Tests.Records;

/// <summary>Every field of a record through every way in and every way out.</summary>
public sealed class EveryFieldTests : OwnService
{
    static readonly string[] Numbers = ["dose_number"];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await service.Get<EmbeddedRegistry>().LoadAsync([EveryField.Person], default);
    }

    [Fact]
    public async Task By_JSON_and_by_a_correction()
    {
        using var clerk = service.Clerk();
        var (typed, other) = (Typed("json"), Typed("json", _ => true));
        var answer = await clerk.SubmitAsync(MembersOf(typed));
        EveryField.AssertIs(typed, (await StoredAsync("json")).Record);

        using var request = new HttpRequestMessage(
            HttpMethod.Put, $"/v1/records/{answer.GetProperty("id").GetString()}")
        {
            Content = JsonContent.Create(MembersOf(other)),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        await clerk.SendAsync(request).JsonAsync(HttpStatusCode.OK);

        EveryField.AssertIs(other, (await StoredAsync("json")).Record);
    }

    [Fact]
    public async Task By_gRPC()
    {
        using var grpc = service.Grpc(service.Token(
            Roles.FacilityClerk, ("sub", "clerk"), ("facility", RunningService.Facility)));
        var typed = Typed("grpc");
        var answer = await grpc.CallAsync(
            "/issuer.v1.Records/Submit",
            JsonParser.Default.Parse<Record>(JsonSerializer.Serialize(MembersOf(typed))));

        Assert.Equal("accepted", answer.Read(SubmittedRecord.Parser).Outcome);
        EveryField.AssertIs(typed, (await StoredAsync("grpc")).Record);
    }

    [Fact]
    public async Task By_CSV_under_the_contracts_names_and_under_Vietnamese_ones()
    {
        var (typed, vietnamese) = (Typed("csv"), Typed("csv-vi"));
        await ImportAsync(Csv(name => name, typed));
        await ImportAsync(Csv(
            name => CsvKind.Records.Vietnamese.First(header => header.Value == name).Key, vietnamese));

        EveryField.AssertIs(typed, (await StoredAsync("csv")).Record);
        EveryField.AssertIs(vietnamese, (await StoredAsync("csv-vi")).Record);
    }

    [Fact]
    public async Task By_NDJSON()
    {
        var typed = Typed("ndjson");
        await ImportAsync(JsonSerializer.Serialize(MembersOf(typed)), "application/x-ndjson");
        EveryField.AssertIs(typed, (await StoredAsync("ndjson")).Record);
    }

    [Fact]
    public async Task Out_by_the_file_of_refused_rows_as_it_was_typed()
    {
        var typed = Typed("refused");
        typed["sex"] = "X";
        var refused = await ImportAsync(Csv(name => name, typed));
        using var clerk = service.Clerk();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{refused}/faults");
        request.Headers.Accept.Add(new("text/csv"));
        using var answer = await clerk.SendAsync(request);
        var lines = (await answer.Content.ReadAsStringAsync()).Replace("\"", "", StringComparison.Ordinal)
            .TrimStart('\uFEFF').Split("\r\n");

        var cells = lines[0].Split(',').Zip(lines[1].Split(','));
        Assert.Equal(
            typed.OrderBy(f => f.Key),
            cells.Where(c => c.Second.Length > 0 && c.First != "errors")
                .Select(c => KeyValuePair.Create(c.First, c.Second)).OrderBy(f => f.Key));
    }

    [Fact]
    public async Task Out_by_the_statement_that_is_signed_and_through_a_suggestion()
    {
        using var clerk = service.Clerk();
        using var signatory = service.Signatory();
        var right = Typed("signed");
        var id = (await clerk.SubmitAsync(MembersOf(Typed("signed", name => name == EveryField.Suggested))))
            .GetProperty("id").GetString()!;
        await service.RoundAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/records/{id}/accept-suggestion");
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        await clerk.SendAsync(request).JsonAsync(HttpStatusCode.OK);
        await service.RoundAsync();

        using var statement = JsonDocument.Parse((await signatory.StatementsAsync())[id]);
        Assert.Equal(
            right.OrderBy(f => f.Key),
            statement.RootElement.GetProperty("content").EnumerateObject()
                .Select(p => KeyValuePair.Create(p.Name, p.Value.GetString()!)).OrderBy(f => f.Key));
    }

    [Fact]
    public void The_description_of_the_body_names_every_field() => Assert.Equal(
        RecordFields.Names.Order(),
        typeof(RecordBody).GetConstructors().Single().GetParameters()
            .Select(p => Issuer.Core.Kebab.Of(p.Name!, '_')).Order());

    static Dictionary<string, string> Typed(string reference, Func<string, bool>? other = null) =>
        EveryField.Typed(RunningService.Facility, reference, other);

    /// <summary>What is a number in JSON is sent as one.</summary>
    static Dictionary<string, object?> MembersOf(Dictionary<string, string> typed) => typed.ToDictionary(
        field => field.Key,
        field => Numbers.Contains(field.Key)
            ? int.Parse(field.Value, System.Globalization.CultureInfo.InvariantCulture)
            : (object?)field.Value);

    static string Csv(Func<string, string> header, Dictionary<string, string> typed) =>
        $"{string.Join(',', typed.Keys.Select(header))}\n{string.Join(',', typed.Values)}\n";

    async Task<string> ImportAsync(string text, string type = "text/csv")
    {
        using var clerk = service.Clerk();
        using var body = new StringContent(text, Encoding.UTF8, type);
        using var answer = await clerk.PostAsync("/v1/records/import", body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var job = answer.Headers.Location!.ToString();
        await Eventually.TrueAsync(
            async () => (await clerk.GetAsync(job).JsonAsync(HttpStatusCode.OK)).GetProperty("state").GetString()
                != "running",
            "the import ends");
        return job;
    }

    async Task<StoredRecord> StoredAsync(string reference)
    {
        var records = await service.Get<IIdentityStore>().ClaimPendingAsync(0, 100, default);
        return Assert.Single(records, r => r.Record.Reference == reference);
    }
}

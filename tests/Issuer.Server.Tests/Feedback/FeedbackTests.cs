using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Feedback;

public sealed class FeedbackTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task A_citizen_says_a_dose_is_missing_the_clerk_enters_it_and_the_citizen_sees_where_it_stands()
    {
        using var citizen = service.Citizen(Person.Duc.Number);
        using var clerk = service.Clerk();
        var filed = await FileAsync(citizen, Missing(Person.Duc, "2026-08-02"));
        Assert.Equal("open", filed.GetProperty("state").GetString());
        Assert.False(filed.TryGetProperty("record_id", out _));

        var report = await ReportAsync(clerk, filed);
        Assert.Equal(Person.Duc.Number, report.GetProperty("identity_number").GetString());
        var dose = Person.Duc.Dose("reported", 1, "2026-08-02");
        var accepted = await AnswerAsync(clerk, report, "accept", new { record = dose, note = "Đã nhập mũi tiêm" })
            .JsonAsync(HttpStatusCode.OK);

        Assert.Equal("accepted", accepted.GetProperty("state").GetString());
        var record = await clerk.GetAsync($"/v1/records/{accepted.GetProperty("record_id").GetString()}").JsonAsync(
            HttpStatusCode.OK);
        Assert.Equal("reported", record.GetProperty("reference").GetString());
        var mine = await citizen.GetAsync($"/v1/me/reports/{IdOf(filed)}").JsonAsync(HttpStatusCode.OK);
        Assert.Equal(
            ("accepted", "Đã nhập mũi tiêm"),
            (mine.GetProperty("state").GetString(), mine.GetProperty("note").GetString()));
        Assert.Equal(JsonValueKind.Null, mine.GetProperty("certificate_issued_at").ValueKind);
        await AnswerAsync(clerk, report, "refuse", new { reason = "blurred" }).JsonAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_refusal_carries_one_of_the_thirteen_reasons_in_both_languages()
    {
        using var citizen = service.Citizen(Person.Duc.Number);
        using var clerk = service.Clerk();
        var filed = await FileAsync(citizen, Missing(Person.Duc, "2026-08-03"));
        var report = await ReportAsync(clerk, filed);

        var faulty = await AnswerAsync(clerk, report, "refuse", new { reason = "no time" }).JsonAsync(
            HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["reason:not-listed"], faulty.Faults());
        await AnswerAsync(clerk, report, "refuse", new { reason = "slip-edited" }).JsonAsync(HttpStatusCode.OK);

        var refusal = (await citizen.GetAsync($"/v1/me/reports/{IdOf(filed)}").JsonAsync(HttpStatusCode.OK))
            .GetProperty("refusal");
        Assert.Equal("slip-edited", refusal.GetProperty("code").GetString());
        Assert.Contains("chỉnh sửa", refusal.GetProperty("message_vi").GetString(), StringComparison.Ordinal);
        var reasons = await clerk.GetAsync("/v1/reports/refusal-reasons").JsonAsync(HttpStatusCode.OK);
        Assert.Equal(13, reasons.GetProperty("reasons").GetArrayLength());
    }

    [Fact]
    public async Task A_report_is_its_filers_and_its_facilitys_and_nobody_elses()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        using var other = service.Citizen(Person.Duc.Number);
        using var elsewhere = service.Clerk(RunningService.OtherFacility);
        using var province = service.Client(service.Token(Roles.Province, ("province", "01")));
        var filed = await FileAsync(citizen, Missing(Person.Hoa, "2026-08-04"));
        using var clerk = service.Clerk();
        var report = await ReportAsync(clerk, filed);

        await other.GetAsync($"/v1/me/reports/{IdOf(filed)}").JsonAsync(HttpStatusCode.NotFound);
        foreach (var client in new[] { other, elsewhere, province })
        {
            var path = client == other ? "/v1/me/reports" : "/v1/reports";
            Assert.DoesNotContain(IdOf(filed), await client.GetStringAsync(path), StringComparison.Ordinal);
        }
        await AnswerAsync(elsewhere, report, "refuse", new { reason = "blurred" }).JsonAsync(HttpStatusCode.NotFound);
        await AnswerAsync(province, report, "refuse", new { reason = "blurred" }).JsonAsync(HttpStatusCode.NotFound);
        using var noVersion = await clerk.PostAsJsonAsync(
            $"/v1/reports/{IdOf(filed)}/refuse", new { reason = "blurred" });
        Assert.Equal(HttpStatusCode.BadRequest, noVersion.StatusCode);
    }

    [Fact]
    public async Task The_answer_does_not_tell_whether_a_record_exists()
    {
        using var clerk = service.Clerk(RunningService.OtherFacility);
        await clerk.SubmitAsync(Person.Hoa.Dose("known", 1, "2026-05-05"));
        await service.RoundAsync();
        using var citizen = service.Citizen(Person.Hoa.Number);
        using var stranger = service.Citizen("001199999999");
        using var desk = Desk("oracle");

        async Task<string> ShapeAsync(HttpClient client, string path, object body) =>
            Shape(await client.PostAsJsonAsync(path, body).JsonAsync(HttpStatusCode.Created));
        var known = await ShapeAsync(citizen, "/v1/me/reports", Missing(Person.Hoa, "2026-05-05", "wrong-lot"));
        var unknown = await ShapeAsync(stranger, "/v1/me/reports", Missing(Person.Hoa, "2026-05-05", "wrong-lot"));
        var byDesk = await ShapeAsync(desk, "/v1/reports", AtDesk(Person.Hoa.Number));
        var byDeskUnknown = await ShapeAsync(desk, "/v1/reports", AtDesk("001199999998"));

        Assert.Equal(known, unknown);
        Assert.Equal(byDesk, byDeskUnknown);
        Assert.Equal(known, byDesk);
        Assert.Contains(RunningService.Facility, known, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningService.OtherFacility, known, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_is_told_what_waits_and_no_more_than_its_share()
    {
        using var clerk = service.Clerk();
        var wrong = Person.Hoa.Dose("under-wrong-number", 1, "2026-04-04");
        wrong["identity_number"] = "001185777777";
        await clerk.SubmitAsync(wrong);
        await service.RoundAsync();
        using var desk = Desk("asker");
        Task<HttpResponseMessage> AskAsync(string number, string name) => desk.PostAsJsonAsync(
            "/v1/reports/look-up", new { identity_number = number, full_name = name, date_of_birth = Person.Hoa.Born });

        var found = await AskAsync("001185777777", "Nguyễn Thị Hòa").JsonAsync(HttpStatusCode.OK);
        Assert.True(found.GetProperty("found").GetBoolean());
        Assert.Equal(
            "mismatched", Assert.Single(found.GetProperty("waiting").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal(
            """{"found":false,"waiting":[]}""",
            (await AskAsync("001185777778", "Nguyễn Thị Hòa").JsonAsync(HttpStatusCode.OK)).ToString());
        var faulty = await desk.PostAsJsonAsync("/v1/reports/look-up", new { identity_number = "001185777777" })
            .JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["date_of_birth:missing", "full_name:missing"], faulty.Faults());
        HttpStatusCode last;
        var asked = 2;
        do
        {
            using var answer = await AskAsync($"001185{asked++:D6}", "Nguyễn Thị Hòa");
            last = answer.StatusCode;
        }
        while (last == HttpStatusCode.OK && asked < 400);
        Assert.Equal((HttpStatusCode.TooManyRequests, 301), (last, asked));
        var filed = await FileAsync(desk, AtDesk(Person.Hoa.Number), "/v1/reports");
        Assert.Contains(IdOf(filed), await desk.GetStringAsync("/v1/reports"), StringComparison.Ordinal);
        using var another = Desk("another");
        Assert.DoesNotContain(IdOf(filed), await another.GetStringAsync("/v1/reports"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_citizen_files_ten_reports_a_day_and_nothing_of_them_is_logged()
    {
        using var citizen = service.Citizen("001177000001");
        for (var n = 1; n <= 10; n++)
        {
            await FileAsync(citizen, Missing(Person.Hoa, $"2026-06-{n:D2}"));
        }

        using var eleventh = await citizen.PostAsJsonAsync("/v1/me/reports", Missing(Person.Hoa, "2026-06-11"));

        Assert.Equal(HttpStatusCode.TooManyRequests, eleventh.StatusCode);
        Assert.DoesNotContain("Hòa", service.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("001177000001", service.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_a_report_is_told()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);

        var problem = await citizen.PostAsJsonAsync(
            "/v1/me/reports", new { kind = "wrong", facility = 5, identity_number = "1", text = "=cmd()" })
            .JsonAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(
            [
                "date_of_birth:missing", "facility:bad-type", "full_name:missing", "identity_number:unknown-member",
                "kind:not-listed", "text:formula",
            ],
            problem.Faults().Order());
    }

    HttpClient Desk(string sub) => service.Client(service.Token(Roles.Desk, ("sub", sub)));

    static object Missing(Person person, string day, string kind = "dose-missing") => new
    {
        kind, facility = RunningService.Facility, full_name = $"{person.FamilyName} {person.GivenName}",
        date_of_birth = person.Born, vaccinated_on = day, evidence = "GXN-17",
    };

    static object AtDesk(string number) => new
    {
        kind = "wrong-lot", facility = RunningService.Facility, full_name = "Nguyễn Thị Hòa",
        date_of_birth = Person.Hoa.Born, vaccinated_on = "2026-05-05", evidence = "GXN-17", identity_number = number,
    };

    /// <summary>Everything but the id and the moment.</summary>
    static string Shape(JsonElement report) => string.Join(
        ' ',
        report.EnumerateObject().Where(m => m.Name is not ("id" or "filed_at")).Select(m => $"{m.Name}={m.Value}"));

    static async Task<JsonElement> FileAsync(HttpClient client, object body, string path = "/v1/me/reports") =>
        await client.PostAsJsonAsync(path, body).JsonAsync(HttpStatusCode.Created);

    static string IdOf(JsonElement report) => report.GetProperty("id").GetString()!;

    static async Task<JsonElement> ReportAsync(HttpClient clerk, JsonElement filed) =>
        (await clerk.GetAsync("/v1/reports").JsonAsync(HttpStatusCode.OK)).GetProperty("reports").EnumerateArray()
            .Single(report => IdOf(report) == IdOf(filed));

    static Task<HttpResponseMessage> AnswerAsync(HttpClient client, JsonElement report, string verb, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/reports/{IdOf(report)}/{verb}")
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.IfMatch.ParseAdd($"\"{report.GetProperty("version").GetInt64()}\"");
        return client.SendAsync(request);
    }
}

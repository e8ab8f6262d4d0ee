using System.Net;
using System.Text;
using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;

namespace Issuer.Server.Tests.Records;

public sealed class ImportTests(RunningService service) : IClassFixture<RunningService>
{
    const string Header =
        "reference,family_name,given_name,sex,date_of_birth,identity_number,product,lot,vaccinated_on";

    [Fact]
    public async Task A_CSV_file_becomes_a_job_that_tells_how_every_row_ended()
    {
        using var clerk = service.Clerk();
        var text = $"{Header}\n{Row("csv-1")}\n{Row("csv-2", sex: "X")}\n{Row("csv-1")}\n{Row("csv-3")}\n";

        var job = await FinishedAsync(clerk, await SendAsync(clerk, text));

        Assert.Equal("done", job.GetProperty("state").GetString());
        Assert.Equal([4, 4, 2, 0, 1, 1], new[] { "rows", "done", "accepted", "corrected", "unchanged", "refused" }
            .Select(name => job.GetProperty(name).GetInt64()));
        var faults = await clerk.GetAsync($"/v1/imports/{job.GetProperty("id").GetString()}/faults").JsonAsync(
            HttpStatusCode.OK);
        var refused = Assert.Single(faults.GetProperty("rows").EnumerateArray());
        Assert.Equal(3, refused.GetProperty("line").GetInt64());
        Assert.Equal(["sex:bad-sex"], refused.Faults());
    }

    [Fact]
    public async Task The_refused_rows_come_as_a_file_that_goes_in_once_it_is_corrected()
    {
        using var clerk = service.Clerk();
        var rows = Enumerable.Range(0, 1500).Select(n => Row($"fix-{n}", sex: n % 3 == 0 ? "F" : "X"));
        var job = await FinishedAsync(clerk, await SendAsync(clerk, $"{Header}\n{string.Join('\n', rows)}\n"));
        Assert.Equal(1000, job.GetProperty("refused").GetInt64());

        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/v1/imports/{job.GetProperty("id").GetString()}/faults");
        request.Headers.Accept.Add(new("text/csv"));
        using var response = await clerk.SendAsync(request);
        var refused = await response.Content.ReadAsStringAsync();
        Assert.Contains("3: sex: bad-sex", refused, StringComparison.Ordinal);
        var again = await FinishedAsync(
            clerk, await SendAsync(clerk, refused.Replace(",\"X\",", ",\"F\",", StringComparison.Ordinal)));

        Assert.Equal((1000, 0), (again.GetProperty("accepted").GetInt64(), again.GetProperty("refused").GetInt64()));
    }

    [Fact]
    public async Task Refused_rows_come_back_under_the_header_and_with_the_separator_they_came_with()
    {
        using var clerk = service.Clerk();
        var job = await FinishedAsync(clerk, await SendAsync(
            clerk,
            "DANH SÁCH;;;;;;;\nSTT;Họ và tên;Giới tính;Ngày sinh;Số CCCD;Vắc xin;Ngày tiêm;Điện thoại\n"
            + "1;Lê Thị Bé;?;12/03/1985;001185000077;Pfizer;-;0912\n"));
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/v1/imports/{job.GetProperty("id").GetString()}/faults");
        request.Headers.Accept.Add(new("text/csv"));
        using var response = await clerk.SendAsync(request);
        var refused = (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF');

        Assert.StartsWith(
            "\"STT\";\"Họ và tên\";\"Giới tính\";\"Ngày sinh\";\"Số CCCD\";\"Vắc xin\";\"Ngày tiêm\";"
            + "\"Điện thoại\";\"Lỗi\"",
            refused, StringComparison.Ordinal);
        Assert.Contains(
            "\"1\";\"Lê Thị Bé\";\"?\";\"12/03/1985\";\"001185000077\";\"Pfizer\";\"'-\";\"0912\";\"3: Giới tính: ",
            refused, StringComparison.Ordinal);
        var right = refused.Replace("\"?\"", "\"Nữ\"", StringComparison.Ordinal)
            .Replace("\"'-\"", "\"2026-09-01\"", StringComparison.Ordinal);
        var again = await FinishedAsync(clerk, await SendAsync(clerk, right));
        Assert.Equal(1, again.GetProperty("accepted").GetInt64());
    }

    [Fact]
    public async Task Numbering_that_begins_anew_is_told_once_and_taken_when_the_clerk_says_so()
    {
        using var clerk = service.Clerk();
        var first = $"{Header}\nweek-1,Nguyễn,Thị Hòa,F,1985-03-12,001185000001,Vero Cell,VC1,2026-09-01\n";
        var second = $"{Header}\nweek-1,Trần,Văn Tám,M,1990-01-02,001090000088,Vero Cell,VC1,2026-09-08\n";
        await FinishedAsync(clerk, await SendAsync(clerk, first));

        var refused = await FinishedAsync(clerk, await SendAsync(clerk, second));
        Assert.Equal(1, refused.GetProperty("refused").GetInt64());
        Assert.Contains("renumbered=true", refused.GetProperty("why").GetString(), StringComparison.Ordinal);
        var taken = await FinishedAsync(clerk, await SendAsync(clerk, second, query: "?renumbered=true"));
        Assert.Equal(1, taken.GetProperty("accepted").GetInt64());
        var again = await FinishedAsync(clerk, await SendAsync(clerk, second, query: "?renumbered=true"));
        Assert.Equal(1, again.GetProperty("unchanged").GetInt64());
    }

    [Fact]
    public async Task A_job_that_failed_three_times_ends_and_the_facilitys_next_goes_on()
    {
        using var clerk = service.Clerk();
        var imports = service.Get<ImportJobs>();
        var id = await imports.NewIdAsync(default);
        var act = new Act("clerk", service.Get<TimeProvider>().GetUtcNow());
        Directory.CreateDirectory(Path.Combine(service.Get<DataFolder>().Path, "imports"));
        await File.WriteAllTextAsync(
            Path.Combine(service.Get<DataFolder>().Path, "imports", FormattableString.Invariant($"{id}.upload")),
            $"{Header}\n{Row("thrice-1")}\n");
        var entered = await service.Get<EnterImports>().EnterAsync(
            id, RunningService.Facility, ImportFormat.Csv, false, null, act, default);
        Assert.False(entered.IsRefused(out _, out var job));
        await imports.SaveAsync(job! with { Attempts = ImportJob.MostAttempts }, [], act, default);

        var next = await FinishedAsync(clerk, await SendAsync(clerk, $"{Header}\n{Row("thrice-2")}\n"));
        Assert.Equal(1, next.GetProperty("accepted").GetInt64());
        await Eventually.TrueAsync(
            async () => (await imports.FindAsync(RunningService.Facility, id, default))!.State == ImportState.Refused,
            "it ends");
        var ended = await imports.FindAsync(RunningService.Facility, id, default);
        Assert.Contains("failed three times", ended!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NDJSON_takes_the_good_lines_and_names_the_others()
    {
        using var clerk = service.Clerk();
        var text = string.Join('\n',
            JsonSerializer.Serialize(Person.Hoa.Dose("nd-1", 1, "2026-09-01")), "{broken", "",
            """{"reference":"nd-2","a:b":1}""", JsonSerializer.Serialize(Person.Duc.Dose("nd-3", 1, "2026-09-01")));

        var job = await FinishedAsync(clerk, await SendAsync(clerk, text, "application/x-ndjson"));

        Assert.Equal(2, job.GetProperty("accepted").GetInt64());
        var faults = await clerk.GetAsync($"/v1/imports/{job.GetProperty("id").GetString()}/faults").JsonAsync(
            HttpStatusCode.OK);
        var rows = faults.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal([2, 4], rows.Select(r => r.GetProperty("line").GetInt64()));
        Assert.Contains(":not-a-json-line", rows[0].Faults());
        Assert.Contains("a:b:unknown-member", rows[1].Faults());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_as_a_whole_and_says_why()
    {
        using var clerk = service.Clerk();
        var job = await FinishedAsync(clerk, await SendAsync(clerk, "reference,sex\nbad-1,M\n"));

        Assert.Equal("refused", job.GetProperty("state").GetString());
        Assert.Contains("date_of_birth", job.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(".upload", job.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_another_facility_are_refused()
    {
        using var clerk = service.Clerk();
        var text = $"facility,{Header}\n{RunningService.OtherFacility},{Row("foreign-1")}\n";
        var job = await FinishedAsync(clerk, await SendAsync(clerk, text));
        Assert.Equal(1, job.GetProperty("refused").GetInt64());
    }

    [Fact]
    public async Task The_same_request_under_one_key_makes_one_job_and_another_one_is_refused()
    {
        using var clerk = service.Clerk();
        var text = $"{Header}\n{Row("key-1")}\n";

        var first = await SendAsync(clerk, text, key: "once");
        Assert.Equal(first, await SendAsync(clerk, text, key: "once"));
        await SendAsync(clerk, $"{Header}\n{Row("key-2")}\n", key: "once", expected: HttpStatusCode.Conflict);
        await SendAsync(clerk, text, key: "with space", expected: HttpStatusCode.UnprocessableEntity);
        Assert.NotEqual(first, await SendAsync(clerk, text));
    }

    [Fact]
    public async Task Other_types_of_content_are_not_taken()
    {
        using var clerk = service.Clerk();
        await SendAsync(clerk, "{}", "application/json", expected: HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task No_uploaded_file_is_left_when_its_job_has_ended()
    {
        using var clerk = service.Clerk();
        await FinishedAsync(clerk, await SendAsync(clerk, $"{Header}\n{Row("gone-1")}\n"));
        var directory = Path.Combine(service.Get<DataFolder>().Path, "imports");
        await Eventually.TrueAsync(() => Directory.GetFiles(directory).Length == 0, "the uploaded file is gone");
    }

    static string Row(string reference, string sex = "F") =>
        $"{reference},Nguyễn,Thị Hòa,{sex},1985-03-12,001185000001,Vero Cell,VC1,2026-09-01";

    /// <summary>Where the job is; null when it was refused.</summary>
    static async Task<string?> SendAsync(
        HttpClient clerk, string text, string type = "text/csv", string? key = null,
        HttpStatusCode expected = HttpStatusCode.Accepted, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/records/import{query}")
        {
            Content = new StringContent(text, Encoding.UTF8, type),
        };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }
        using var response = await clerk.SendAsync(request);
        Assert.True(expected == response.StatusCode, await response.Content.ReadAsStringAsync());
        return response.Headers.Location?.ToString();
    }

    static async Task<JsonElement> FinishedAsync(HttpClient clerk, string? location)
    {
        JsonElement job = default;
        await Eventually.TrueAsync(
            async () =>
            {
                job = await clerk.GetAsync(location).JsonAsync(HttpStatusCode.OK);
                return job.GetProperty("state").GetString() != "running";
            },
            "the import ends");
        return job;
    }
}

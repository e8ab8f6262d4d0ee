using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;

namespace Issuer.Server.Tests;

/// <summary>What the ministry has to look at: held records, people under two passports, doses entered twice.</summary>
sealed class Suspicious(RunningService service)
{
    const int CapOfPolicy = 20;

    int people;
    string? late;

    public string Held { get; private set; } = "";

    public string Merge { get; private set; } = "";

    public string Once { get; private set; } = "";

    public string Twice { get; private set; } = "";

    /// <summary>Two subjects who look like one.</summary>
    public (string Keep, string Merge) Alike { get; private set; }

    public HttpClient Operator(string sub = "operator") => service.Client(
        service.Token(Roles.MinistryOperator, ("sub", sub)));

    public HttpClient Security(string sub = "security") => service.Client(
        service.Token(Roles.MinistrySecurity, ("sub", sub)));

    public async Task PrepareAsync()
    {
        using var clerk = service.Clerk(RunningService.OtherFacility);
        using var ministry = Operator();
        using var other = Operator("another");
        await clerk.SubmitAsync(
            Enumerable.Range(1, CapOfPolicy + 1).Select(n => Foreigner($"Min {Letters(n)}", $"E{n:D6}")),
            HttpStatusCode.OK);
        await service.RoundAsync();
        Held = (await ministry.GetAsync("/v1/holds/records").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records")[0].GetProperty("id").GetString()!;
        Merge = await RequestMergeAsync(await TwoPassportsAsync());
        await other.PostAsync($"/v1/approvals/{Merge}/approve", null).JsonAsync(HttpStatusCode.OK);
        Alike = await TwoPassportsAsync();
        using var facility = service.Clerk();
        Once = IdOf(await facility.SubmitAsync(Person.Duc.Dose("once", 1, "2026-10-01")));
        Twice = IdOf(await facility.SubmitAsync(Person.Duc.Dose("twice", 1, "2026-10-05")));
        await service.RoundAsync();
    }

    /// <summary>Puts the ids in place of their names; what an endpoint uses up is made anew.</summary>
    public async Task<string> FillAsync(string text)
    {
        if (text.Contains("{new-request}", StringComparison.Ordinal))
        {
            var request = await RequestMergeAsync(await TwoPassportsAsync());
            text = text.Replace("{new-request}", request, StringComparison.Ordinal);
        }
        if (text.Contains("{new-backlog}", StringComparison.Ordinal))
        {
            text = text.Replace("{new-backlog}", await RequestBacklogAsync(), StringComparison.Ordinal);
        }
        if (text.Contains("{own-set}", StringComparison.Ordinal))
        {
            using var signatory = service.Signatory(sub: "matrix");
            var asked = await signatory.PostAsJsonAsync(
                "/v1/revocations",
                new { reason = "wrong-data", because = "entered twice", facility = RunningService.Facility })
                .JsonAsync(HttpStatusCode.Accepted);
            text = text.Replace("{own-set}", IdOf(asked), StringComparison.Ordinal);
        }
        if (text.Contains("{hold}", StringComparison.Ordinal))
        {
            late ??= await LateHoldAsync();
            text = text.Replace("{hold}", late, StringComparison.Ordinal);
        }
        if (text.Contains("{marked}", StringComparison.Ordinal))
        {
            using var ministry = Operator();
            using var marked = await ministry.PostAsJsonAsync($"/v1/duplicates/{Twice}/merge", new { original = Once });
            text = text.Replace("{marked}", Twice, StringComparison.Ordinal);
        }
        var alike = JsonSerializer.Serialize(new { keep = Alike.Keep, merge = Alike.Merge, reason = "two passports" });
        return text.Replace("{held}", Held, StringComparison.Ordinal).Replace(
            "{merge}", Merge, StringComparison.Ordinal)
            .Replace("{alike}", alike, StringComparison.Ordinal).Replace("{once}", Once, StringComparison.Ordinal)
            .Replace("{twice}", Twice, StringComparison.Ordinal);
    }

    /// <summary>One foreigner more, vaccinated under two passports.</summary>
    public async Task<(string Keep, string Merge)> TwoPassportsAsync()
    {
        var n = ++people;
        using var clerk = service.Clerk();
        using var ministry = Operator();
        await clerk.SubmitAsync(Foreigner($"Ho {Letters(n)}", $"A{n:D6}"));
        await clerk.SubmitAsync(Foreigner($"Ho {Letters(n)}", $"B{n:D6}"));
        await service.RoundAsync();
        var proposals = (await ministry.GetAsync("/v1/subjects/proposals?limit=200").JsonAsync(HttpStatusCode.OK))
            .GetProperty("proposals");
        var last = proposals[proposals.GetArrayLength() - 1];
        return (last.GetProperty("keep").GetString()!, last.GetProperty("merge").GetString()!);
    }

    public async Task<string> RequestMergeAsync((string Keep, string Merge) pair)
    {
        using var ministry = Operator();
        return IdOf(await ministry.PostAsJsonAsync(
            "/v1/subjects/merge", new { keep = pair.Keep, merge = pair.Merge, reason = "two passports" })
            .JsonAsync(HttpStatusCode.Accepted));
    }

    /// <summary>A hold of the facility that its province was too late for, with a record under it.</summary>
    public async Task<string> LateHoldAsync()
    {
        using var clerk = service.Clerk();
        var n = ++people;
        await clerk.SubmitAsync(Foreigner($"Le {Letters(n)}", $"H{n:D6}"));
        await service.RoundAsync();
        await using var database = await Database.OpenAsync(null, service.Data.Path, default);
        var now = service.Now.ToUnixTimeSeconds();
        var hold = await database.WriteAsync(
            async session =>
            {
                var id = (await session.QueryAsync<long>(
                    """
                    insert into hold (facility, province, causes, from_at, opened_at, due_at, state)
                    values (@facility, '01', 'volume late far', @early, @early, @due, 0) returning id
                    """,
                    new { facility = RunningService.Facility, early = now - 9999, due = now - 1 }))[0];
                await session.ExecuteAsync(
                    """
                    insert into hold_record (hold_id, record_id, held_before, was_certified)
                    select @id, id, 0, 0 from record where identity_number = @passport
                    """,
                    new { id, passport = $"H{n:D6}" });
                await session.ExecuteAsync(
                    "update record set held = 4 where identity_number = @passport", new { passport = $"H{n:D6}" });
                return id;
            },
            default);
        return PathIds.Of(service.Get<StoreSecret>()).Holds.Of(hold);
    }

    /// <summary>Each time another backlog, which a province and the ministry may answer.</summary>
    async Task<string> RequestBacklogAsync()
    {
        using var province = service.Client(service.Token(Roles.Province, ("sub", "asker"), ("province", "01")));
        return IdOf(await province.PostAsJsonAsync("/v1/backlogs", new
        {
            facility = RunningService.Facility, product = "EU/1/20/1528", from = "2021-07-01", to = "2021-09-30",
            expected = ++people, reason = "on paper",
        }).JsonAsync(HttpStatusCode.Accepted));
    }

    static string IdOf(JsonElement answer) => answer.GetProperty("id").GetString()!;

    static Dictionary<string, object?> Foreigner(string givenName, string passport) => new()
    {
        ["reference"] = passport, ["family_name"] = "Kim", ["given_name"] = givenName, ["sex"] = "F",
        ["date_of_birth"] = "1990-01-01", ["identity_type"] = "PASSPORT", ["identity_number"] = passport,
        ["nationality"] = "KOR", ["product"] = "Vero Cell", ["lot"] = "VC123", ["dose_number"] = 1,
        ["vaccinated_on"] = "2026-08-01",
    };

    /// <summary>Another name for each number.</summary>
    static string Letters(int n) => $"{(char)('A' + (n / 26))}{(char)('a' + (n % 26))}";
}

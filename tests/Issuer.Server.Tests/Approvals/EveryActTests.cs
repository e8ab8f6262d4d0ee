using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Access;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Storage.Pki;
using Issuer.Tests.Approvals;

namespace Issuer.Server.Tests.Approvals;

/// <summary>Every act that takes two people, asked for over HTTP, and every way round the second person.</summary>
public sealed class EveryActTests : OwnService
{
    /// <summary>
    /// Three working days after the service's clock starts, on a Friday afternoon in Vietnam: Wednesday has passed.
    /// </summary>
    static readonly DateTimeOffset Limit = new(2027, 1, 20, 17, 0, 0, TimeSpan.Zero);

    /// <summary>How each is asked for: what must be there first, the path and the body.</summary>
    static readonly Dictionary<string, Func<EveryActTests, Task<(string Path, object Body)>>> Requests = new()
    {
        ["release-hold"] = async t =>
        {
            var work = new Suspicious(t.service);
            await work.PrepareAsync();
            return ("/v1/holds/release", new { records = new[] { work.Held }, reason = "seen" });
        },
        ["raise-exempt-cap"] = _ => Task.FromResult<(string, object)>(
            ("/v1/facilities/exempt-cap", new { facility = RunningService.Facility, cap = 30, reason = "embassies" })),
        ["withdraw-set"] = async t =>
        {
            await t.service.CertifyAsync(Person.Hoa);
            return ("/v1/revocations",
                new { reason = "wrong-data", because = "entered twice", facility = RunningService.Facility });
        },
        ["clear-hold"] = async t =>
            ($"/v1/holds/{await new Suspicious(t.service).LateHoldAsync()}/clear", new { reason = "a mobile team" }),
        ["withdraw-hold"] = async t =>
            ($"/v1/holds/{await new Suspicious(t.service).LateHoldAsync()}/withdraw", new { reason = "invented" }),
        ["announce-backlog"] = _ => Task.FromResult<(string, object)>(("/v1/backlogs", new
        {
            facility = RunningService.Facility, product = "EU/1/20/1528", from = "2021-07-01", to = "2021-09-30",
            expected = 400, reason = "on paper",
        })),
        ["merge-subjects"] = async t =>
        {
            var (keep, merge) = await new Suspicious(t.service).TwoPassportsAsync();
            return ("/v1/subjects/merge", new { keep, merge, reason = "two passports" });
        },
        ["undo-merge"] = async t =>
        {
            var work = new Suspicious(t.service);
            var merge = await work.RequestMergeAsync(await work.TwoPassportsAsync());
            using var another = work.Operator("another");
            await another.PostAsync($"/v1/approvals/{merge}/approve", null).JsonAsync(HttpStatusCode.OK);
            return ("/v1/subjects/undo-merge", new { merge, reason = "brothers" });
        },
        ["revoke-in-bulk"] = async t =>
        {
            await t.service.CertifyAsync(Person.Hoa);
            return ("/v1/revocations",
                new { reason = "fraud", because = "invented", identity_number = Person.Hoa.Number });
        },
        ["undo-revocation"] = async t =>
        {
            await t.service.CertifyAsync(Person.Hoa);
            using var citizen = t.service.Citizen(Person.Hoa.Number);
            var id = Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString();
            await citizen.PostAsync($"/v1/me/certificates/{id}/report-leak", null).JsonAsync(HttpStatusCode.OK);
            return ($"/v1/certificates/{id}/undo-revocation", new { reason = "the wrong one" });
        },
        ["withdraw-dsc"] = async t =>
        {
            var dsc = (await t.service.Get<PkiStore>().DscsAsync(default)).First(one => !one.Withdrawn);
            return ("/v1/dscs/withdraw", new { kid = dsc.Kid.ToString(), reason = "its key is out" });
        },
        ["allow-shortened"] = _ => Task.FromResult<(string, object)>(
            ("/v1/policy/allow-shortened", new { days = 30, reason = "the ceremony is late" })),
        ["import-policy"] = _ => Task.FromResult<(string, object)>(
            ("/v1/policies/import",
            new
            {
                policy = new { kind = "exempt-cap", validFrom = "2027-02-01", least = 21, percent = 5 },
                reason = "more foreigners",
            })),
        ["change-authority"] = _ => Task.FromResult<(string, object)>(
            ("/v1/authority/change", new { issuer = "https://id.example", reason = "another provider" })),
    };

    public static TheoryData<string> Acts => [.. ApprovalRule.All.Select(rule => rule.Act)];

    [Fact]
    public void The_table_has_every_role() => Assert.Equal(Roles.All.Order(), FourEyesTable.Roles.Order());

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Nobody_without_the_role_asks(string act)
    {
        var (path, body) = await Requests[act](this);
        var row = FourEyesTable.Of(act);
        foreach (var role in FourEyesTable.Roles.Except(row.Requesters))
        {
            using var somebody = Client("somebody", role);
            using var answer = await somebody.PostAsJsonAsync(path, body);
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                // Of another role the same path makes a request for another act.
                var other = await answer.Content.ReadFromJsonAsync<JsonElement>();
                Assert.NotEqual(act, other.GetProperty("act").GetString());
                continue;
            }
            Assert.True(
                answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.UnprocessableEntity,
                $"{role}: {answer.StatusCode}");
        }
        foreach (var role in row.Requesters)
        {
            using var asker = Client("asker", role);
            await asker.PostAsJsonAsync(path, body).JsonAsync(HttpStatusCode.Accepted);
        }
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Nobody_but_a_second_person_with_the_role_in_time_approves(string act)
    {
        var (path, body) = await Requests[act](this);
        var row = FourEyesTable.Of(act);
        using var asker = Client("asker", row.Requesters[0]);
        var asked = await asker.PostAsJsonAsync(path, body).JsonAsync(HttpStatusCode.Accepted);
        var id = asked.GetProperty("id").GetString()!;
        Assert.Equal((act, Limit),
            (asked.GetProperty("act").GetString(), asked.GetProperty("expires_at").GetDateTimeOffset()));

        foreach (var spelling in FourEyesTable.SpellingsOfAsker)
        {
            await AnswerAsync(id, "approve", spelling, row.Approvers, HttpStatusCode.Forbidden);
        }
        foreach (var role in FourEyesTable.Roles.Except(row.Approvers))
        {
            await AnswerAsync(id, "approve", "second", [role], HttpStatusCode.Forbidden);
            await AnswerAsync(id, "reject", "stranger", [role], HttpStatusCode.Forbidden);
        }
        await OutsideAsync(id, row.Approvers[0]);
        await ChangedAsync(id, row);
        await TooLateAsync(id, row);
        Assert.Equal("requested", await StateAsync(id));

        await AnswerAsync(id, "approve", "second", [row.Approvers[0]], HttpStatusCode.OK);
        Assert.Equal("executed", await StateAsync(id));
        foreach (var answer in new[] { "approve", "reject" })
        {
            await AnswerAsync(id, answer, "second", row.Approvers, HttpStatusCode.Conflict);
            await AnswerAsync(id, answer, "third", row.Approvers, HttpStatusCode.Conflict);
        }
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task What_was_rejected_or_taken_back_is_not_approved(string act)
    {
        var (path, body) = await Requests[act](this);
        var row = FourEyesTable.Of(act);
        using var asker = Client("asker", row.Requesters[0]);
        foreach (var (by, role, state) in new[]
        {
            ("second", row.Approvers[0], "rejected"), ("asker", row.Requesters[0], "cancelled"),
        })
        {
            var id = (await asker.PostAsJsonAsync(path, body).JsonAsync(HttpStatusCode.Accepted))
                .GetProperty("id").GetString()!;
            await AnswerAsync(id, "reject", by, [role], HttpStatusCode.OK);
            Assert.Equal(state, await StateAsync(id));
            await AnswerAsync(id, "approve", "second", row.Approvers, HttpStatusCode.Conflict);
        }
    }

    /// <summary>
    /// Without a token, and with one that has run out: of a person who was disabled nothing else is left.
    /// </summary>
    async Task OutsideAsync(string id, string role)
    {
        using var nobody = service.Client();
        await nobody.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.Unauthorized);
        using var disabled = service.Client(service.TokenFor(TimeSpan.FromHours(-1), role, ("sub", "second")));
        await disabled.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.Unauthorized);
        await disabled.PostAsync($"/v1/approvals/{id}/reject", null).JsonAsync(HttpStatusCode.Unauthorized);
    }

    /// <summary>By somebody who can write to the tables.</summary>
    async Task ChangedAsync(string id, FourEyesRow row)
    {
        foreach (var (change, back) in new[]
        {
            ("command = replace(command, '\"Reason\":\"', '\"Reason\":\"x')",
                "command = replace(command, '\"Reason\":\"x', '\"Reason\":\"')"),
            ("materialised = 'x' || materialised", "materialised = substr(materialised, 2)"),
        })
        {
            await ExecuteAsync($"update approval set {change} where state = 0");
            await AnswerAsync(id, "approve", "second", row.Approvers, HttpStatusCode.Conflict);
            await ExecuteAsync($"update approval set {back} where state = 0");
        }
    }

    /// <summary>At the very limit, told by another instance whose clock stands there.</summary>
    async Task TooLateAsync(string id, FourEyesRow row)
    {
        var later = await service.ReopenedAtAsync(Limit);
        try
        {
            using var second = later.Client(later.Token(row.Approvers[0], ("sub", "second")));
            await second.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.Conflict);
        }
        finally
        {
            await later.DisposeAsync();
        }
    }

    async Task AnswerAsync(string id, string answer, string sub, string[] roles, HttpStatusCode expected)
    {
        using var client = Client(sub, roles);
        await client.PostAsync($"/v1/approvals/{id}/{answer}", null).JsonAsync(expected);
    }

    async Task<string?> StateAsync(string id)
    {
        using var auditor = Client("auditor", Roles.Auditor);
        var listed = await auditor.GetAsync("/v1/approvals?limit=200").JsonAsync(HttpStatusCode.OK);
        return listed.GetProperty("approvals").EnumerateArray()
            .Single(one => one.GetProperty("id").GetString() == id).GetProperty("state").GetString();
    }

    async Task ExecuteAsync(string sql)
    {
        await using var database = await Database.OpenAsync(
            null, service.Get<DataFolder>().Path, default);
        Assert.Equal(1, await database.WriteAsync(session => session.ExecuteAsync(sql), default));
    }

    HttpClient Client(string sub, params string[] roles) => service.Client(service.Token(
        roles[0], ("sub", sub), ("roles", roles), ("facility", RunningService.Facility), ("province", "01"),
        ("commune", "00001"), ("identity_number", Person.Hoa.Number)));
}

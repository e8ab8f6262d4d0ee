using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Tests.Approvals;

namespace Issuer.Tests.Storage;

/// <summary>
/// The ways round four eyes (reliability.md S5), each tried on each act of the closed list. A new act adds its row to
/// <see cref="FourEyesTable"/> and its case to <see cref="Cases"/>.
/// </summary>
public abstract partial class StoreSuite
{
    /// <summary>A way round: what is tried on an open request, and how it is refused.</summary>
    sealed record Bypass(
        string Name, RejectionKind Refusal,
        Func<StoreSuite, Approval, Task<Result<Approval>>> Try);

    static IEnumerable<Bypass> BypassesOf(FourEyesRow row, ApprovalCase made) =>
    [
        .. FourEyesTable.SpellingsOfAsker.Select(spelling => new Bypass(
            $"self-approval as '{spelling}'", RejectionKind.Forbidden,
            (s, a) => s.ApproveAsync(a, Somebody(spelling, [.. row.Requesters, .. row.Approvers])))),
        .. FourEyesTable.Roles.Except(row.Requesters).Select(role => new Bypass(
            $"a request by {role}, who may not", RejectionKind.Forbidden,
            (s, a) => s.RequestAsync(a.Command, Somebody("somebody", [role])))),
        .. FourEyesTable.Roles.Except(row.Approvers).Select(role => new Bypass(
            $"approval by {role}, who may not", RejectionKind.Forbidden,
            (s, a) => s.ApproveAsync(a, Somebody("second", [role])))),
        .. FourEyesTable.Roles.Except(row.Approvers).Select(role => new Bypass(
            $"rejection by a stranger with {role}", RejectionKind.Forbidden,
            (s, a) => s.RejectAsync(a, Somebody("stranger", [role])))),
        new("approval without any role", RejectionKind.Forbidden,
            (s, a) => s.ApproveAsync(a, Somebody("second", []))),
        new("a role in other letters", RejectionKind.Forbidden,
            (s, a) => s.ApproveAsync(
                a, Somebody("second", [.. row.Approvers.Select(role => role.ToUpperInvariant())]))),
        new("the other asks too, and the first approves that", RejectionKind.Forbidden, async (s, a) =>
        {
            var same = await s.RequestAsync(a.Command, Somebody("second", row.Requesters));
            Assert.Equal(a.Id, same.Value?.Id);
            return await s.ApproveAsync(same.Value!, Somebody("asker", row.Approvers));
        }),
        // A token says what somebody may do now, not what becomes of somebody else: the request stands until its limit,
        // but whoever lost the role can neither ask again nor have it stand longer.
        new("the requester, disabled or without the role by now, asks again", RejectionKind.Forbidden,
            (s, a) => s.RequestAsync(a.Command, Somebody("asker", ["auditor"]), Given.Now.AddDays(1))),
        new("at the limit", RejectionKind.Conflict,
            (s, a) => s.ApproveAsync(a, Somebody("second", row.Approvers), Limit)),
        new("payload changed after the request", RejectionKind.Conflict, async (s, a) =>
        {
            var changed = (a.Command with { Reason = "another" }).Canonical();
            await s.ExecuteAsync("update approval set command = @text where id = @Id", new { text = changed, a.Id });
            var result = await s.ApproveAsync(a, Somebody("second", row.Approvers));
            await s.ExecuteAsync(
                "update approval set command = @text where id = @Id", new { text = a.Command.Canonical(), a.Id });
            return result;
        }),
        new("stored set changed after the request", RejectionKind.Conflict, async (s, a) =>
        {
            await s.ExecuteAsync("update approval set materialised = @text where id = @Id", new { text = "all", a.Id });
            var result = await s.ApproveAsync(a, Somebody("second", row.Approvers));
            await s.ExecuteAsync("update approval set materialised = @Text where id = @Id", new { a.Set.Text, a.Id });
            return result;
        }),
        new("the rows changed after the request", made.Drifted, async (s, a) =>
        {
            await s.ExecuteAsync(made.Drift);
            var result = await s.ApproveAsync(a, Somebody("second", row.Approvers));
            await s.ExecuteAsync(made.Back);
            return result;
        }),
        new("taken back", RejectionKind.Conflict, async (s, a) =>
        {
            Assert.Null((await s.RejectAsync(a, Somebody("asker", row.Requesters))).Rejection);
            return await s.ApproveAsync(a, Somebody("second", row.Approvers));
        }),
        new("rejected", RejectionKind.Conflict, async (s, a) =>
        {
            Assert.Null((await s.RejectAsync(a, Somebody("second", row.Approvers))).Rejection);
            return await s.ApproveAsync(a, Somebody("second", row.Approvers));
        }),
    ];

    /// <summary>Of the province that the cases lie in.</summary>
    static Person Somebody(string subject, IReadOnlyCollection<string> roles) =>
        new(subject, roles) { Province = "79" };

    public static TheoryData<string> Acts => [.. ApprovalRule.All.Select(rule => rule.Act)];

    /// <summary>Three working days after <see cref="Given.Now"/>, a Sunday in Vietnam.</summary>
    static readonly DateTimeOffset Limit = new(2026, 3, 4, 17, 0, 0, TimeSpan.Zero);

    [RequiresTheory]
    [MemberData(nameof(Acts))]
    public async Task No_way_round_the_second_person_leads_anywhere(string act)
    {
        var row = FourEyesTable.Of(act);
        var made = await Cases[act](this);
        var before = await ScalarAsync(made.Done);
        foreach (var bypass in BypassesOf(row, made))
        {
            var asked = (await RequestAsync(made.Command, Somebody("asker", row.Requesters))).Value!;
            Assert.Equal(Limit, asked.ExpiresAt);
            var result = await bypass.Try(this, asked);
            Assert.True(
                bypass.Refusal == result.Rejection?.Kind, $"{bypass.Name}: {result.Rejection?.ToString() ?? "done"}");
            Assert.True(before == await ScalarAsync(made.Done), $"{bypass.Name}: it was done all the same");
        }

        var last = (await RequestAsync(made.Command, Somebody("asker", row.Requesters))).Value!;
        var second = Somebody("second", [row.Approvers[0]]);
        var done = await ApproveAsync(last, second, Limit.AddSeconds(-1));
        Assert.True(done.Rejection is null, $"{done.Rejection}");
        var after = await ScalarAsync(made.Done);
        Assert.True(after > before, "it was not done");
        foreach (var replayed in new[] { await ApproveAsync(last, second), await RejectAsync(last, second) })
        {
            Assert.Equal(RejectionKind.Conflict, replayed.Rejection?.Kind);
        }
        Assert.Equal(after, await ScalarAsync(made.Done));
    }
}

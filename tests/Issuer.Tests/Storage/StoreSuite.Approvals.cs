using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

/// <summary>The ways round four eyes (reliability.md S5), tried on every act; a new act adds its case.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public Task Nobody_releases_a_hold_alone() => RefuseEveryBypassAsync("release-hold");

    [RequiresFact]
    public Task Nobody_raises_an_exempt_cap_alone() => RefuseEveryBypassAsync("raise-exempt-cap");

    [RequiresFact]
    public Task Nobody_merges_subjects_alone() => RefuseEveryBypassAsync("merge-subjects");

    [RequiresFact]
    public Task Nobody_undoes_a_merge_alone() => RefuseEveryBypassAsync("undo-merge");

    [Fact]
    public void Every_act_that_takes_two_people_has_its_bypasses_tried() =>
        Assert.Equal(ApprovalRule.All.Select(rule => rule.Act).Order(), Cases.Keys.Order());

    [RequiresFact]
    public async Task Of_ten_who_approve_at_once_one_does_it()
    {
        var made = await Cases["merge-subjects"](this);
        var asked = await RequestAsync(made.Command);
        var instances = new[] { store, await OpenAsync() };

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(
            () => instances[n % 2].Approvals.ApproveAsync(asked.Id, Second, Given.Now, default))));

        Assert.Single(results, r => r.Rejection is null);
        Assert.All(
            results.Where(r => r.Rejection is not null), r => Assert.Equal(RejectionKind.Conflict, r.Rejection!.Kind));
        Assert.Equal(1, await ScalarAsync("select count(*) from audit where act like 'approval-executed%'"));
    }

    [RequiresFact]
    public async Task The_same_command_asked_for_twice_is_one_request_until_it_expires()
    {
        var made = await Cases["release-hold"](this);
        var first = await RequestAsync(made.Command);

        Assert.Equal(first.Id, (await RequestAsync(made.Command)).Id);
        var later = await store.Approvals.RequestAsync(made.Command, Asker, first.ExpiresAt, default);
        Assert.NotEqual(first.Id, later.Value!.Id);
        Assert.Equal(
            [ApprovalState.Expired, ApprovalState.Requested],
            (await store.Approvals.PageAsync(0, 10, default)).Select(a => a.State));
    }

    [RequiresFact]
    public async Task Whoever_has_no_role_for_it_cannot_even_ask()
    {
        var made = await Cases["release-hold"](this);
        var asked = await store.Approvals.RequestAsync(made.Command, new Person("x", [Security]), Given.Now, default);
        Assert.Equal(RejectionKind.Forbidden, asked.Rejection!.Kind);
    }

    [RequiresFact]
    public async Task Exempt_records_above_the_cap_are_held_until_two_people_raise_it()
    {
        await ClaimExemptAsync(22);
        Assert.Equal(2, (await store.HeldRecords.PageAsync(0, 10, default)).Count);
        Assert.All(
            await store.HeldRecords.PageAsync(0, 10, default), h => Assert.Equal(HoldReason.ExemptCap, h.Reason));

        await DoAsync(new RaiseExemptCap(Given.OtherFacility, 21, "one more"));
        Assert.Single(await store.HeldRecords.PageAsync(0, 10, default));

        await ClaimExemptAsync(1, from: 30);
        Assert.Equal(2, (await store.HeldRecords.PageAsync(0, 10, default)).Count);
    }

    async Task RefuseEveryBypassAsync(string act)
    {
        var made = await Cases[act](this);
        var before = await ScalarAsync(made.Done);
        foreach (var bypass in Bypasses.Where(b => b.Applies?.Invoke(ApprovalRule.Of(act)) != false))
        {
            var result = await bypass.Try(this, await RequestAsync(made.Command), made);
            Assert.True(
                bypass.Refusal == result.Rejection?.Kind, $"{bypass.Name}: {result.Rejection?.ToString() ?? "done"}");
            Assert.True(before == await ScalarAsync(made.Done), $"{bypass.Name}: it was done all the same");
        }
        var asked = await RequestAsync(made.Command);
        Assert.Null((await ApproveAsync(asked, Second)).Rejection);
        Assert.Equal(before + 1, await ScalarAsync(made.Done));
        Assert.Equal(RejectionKind.Conflict, (await ApproveAsync(asked, Second)).Rejection?.Kind);
        Assert.Equal(before + 1, await ScalarAsync(made.Done));
    }

    async Task<Approval> RequestAsync(TwoPersonCommand command)
    {
        var asked = await store.Approvals.RequestAsync(command, Asker, Given.Now, default);
        Assert.True(asked.Rejection is null, $"{asked.Rejection}");
        return asked.Value!;
    }

    Task<Result<Approval>> ApproveAsync(Approval approval, Person by, DateTimeOffset? at = null) =>
        store.Approvals.ApproveAsync(approval.Id, by, at ?? Given.Now, default);

    /// <summary>Asked for by one, approved by another.</summary>
    async Task<Approval> DoAsync(TwoPersonCommand command)
    {
        var done = await ApproveAsync(await RequestAsync(command), Second);
        Assert.True(done.Rejection is null, $"{done.Rejection}");
        return done.Value!;
    }

    /// <summary>So many foreigners at the other facility, matched.</summary>
    async Task ClaimExemptAsync(int people, int from = 1)
    {
        await Clinic.SubmitAsync(store, [.. Enumerable.Range(from, people).Select(
            n => Given.Foreigner(1, $"E100{n}") with { Facility = Given.OtherFacility })]);
        await Clinic.MatchAsync(store);
    }

    /// <summary>One foreigner who was vaccinated under two passports: two subjects, for now.</summary>
    async Task<(long Kept, long Merged)> TwoPassportsAsync()
    {
        await Clinic.SubmitAsync(store, Given.Foreigner(1), Given.Foreigner(2, "M87654321"));
        await Clinic.MatchAsync(store);
        var proposal = Assert.Single(await store.SubjectProposals.PageAsync(0, 10, default));
        return (proposal.Keep, proposal.Merge);
    }
}

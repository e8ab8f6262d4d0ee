using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

/// <summary>Requests and answers as they are kept; the ways round them are in the file beside this one.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task Of_ten_who_approve_at_once_one_does_it()
    {
        var made = await Cases["merge-subjects"](this);
        var asked = await RequestAsync(made.Command);
        var instances = new[] { store, await OpenAsync() };

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(
            () => instances[n % 2].Acts.ApproveAsync(asked.Id, Second, Given.Now, default))));

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
        var later = await store.Acts.RequestAsync(made.Command, Asker, first.ExpiresAt, default);
        Assert.NotEqual(first.Id, later.Value!.Id);
        Assert.Equal(
            [ApprovalState.Expired, ApprovalState.Requested],
            (await store.Approvals.PageAsync(0, 10, default)).Select(a => a.State));
    }

    [RequiresFact]
    public async Task Whoever_has_no_role_for_it_cannot_even_ask()
    {
        var made = await Cases["release-hold"](this);
        var asked = await store.Acts.RequestAsync(made.Command, new Person("x", [Security]), Given.Now, default);
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

    async Task<Approval> RequestAsync(TwoPersonCommand command)
    {
        var asked = await store.Acts.RequestAsync(command, Asker, Given.Now, default);
        Assert.True(asked.Rejection is null, $"{asked.Rejection}");
        return asked.Value!;
    }

    Task<Result<Approval>> ApproveAsync(Approval approval, Person by, DateTimeOffset? at = null) =>
        store.Acts.ApproveAsync(approval.Id, by, at ?? Given.Now, default);

    Task<Result<Approval>> RequestAsync(TwoPersonCommand command, Person by, DateTimeOffset? at = null) =>
        store.Acts.RequestAsync(command, by, at ?? Given.Now, default);

    Task<Result<Approval>> RejectAsync(Approval approval, Person by) =>
        store.Acts.RejectAsync(approval.Id, by, Given.Now, default);

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

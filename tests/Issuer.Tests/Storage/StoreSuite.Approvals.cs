using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

/// <summary>The ways round four eyes (reliability.md S5), tried on every act; a new act adds its case.</summary>
public abstract partial class StoreSuite
{
    const string Operator = "ministry-operator";
    const string Security = "ministry-security";

    static readonly Person Asker = new("asker", [Operator, Security]);
    static readonly Person Second = new("second", [Operator, Security]);

    /// <summary>A way round: what is tried on an open request, and how it is refused.</summary>
    /// <param name="Applies">False: this act lets it be, by its rule.</param>
    sealed record Bypass(
        string Name, RejectionKind Refusal, Func<StoreSuite, Approval, ApprovalCase, Task<Result<Approval>>> Try,
        Func<ApprovalRule, bool>? Applies = null);

    /// <summary>An act ready to be asked for.</summary>
    /// <param name="Drift">Changes the set.</param>
    /// <param name="Back">Undoes that.</param>
    /// <param name="Done">Counts what was done.</param>
    sealed record ApprovalCase(TwoPersonCommand Command, string Drift, string Back, string Done);

    static readonly Bypass[] Bypasses =
    [
        new("self-approval", RejectionKind.Forbidden, (s, a, _) => s.ApproveAsync(a, Asker)),
        new("same role where two roles are asked", RejectionKind.Forbidden,
            (s, a, _) => s.ApproveAsync(a, new Person("second", [Operator])),
            rule => !rule.Approvers.Intersect(rule.Requesters).Any()),
        new("approver disabled or without the role", RejectionKind.Forbidden,
            (s, a, _) => s.ApproveAsync(a, new Person("second", ["auditor"]))),
        new("expired", RejectionKind.Conflict, (s, a, _) => s.ApproveAsync(a, Second, a.ExpiresAt)),
        new("payload changed after the request", RejectionKind.Conflict, async (s, a, _) =>
        {
            var changed = (a.Command with { Reason = "another" }).Canonical();
            await s.ExecuteAsync("update approval set command = @text where id = @Id", new { text = changed, a.Id });
            var result = await s.ApproveAsync(a, Second);
            await s.ExecuteAsync(
                "update approval set command = @text where id = @Id", new { text = a.Command.Canonical(), a.Id });
            return result;
        }),
        new("stored set changed after the request", RejectionKind.Conflict, async (s, a, _) =>
        {
            await s.ExecuteAsync("update approval set materialised = @text where id = @Id", new { text = "all", a.Id });
            var result = await s.ApproveAsync(a, Second);
            await s.ExecuteAsync("update approval set materialised = @Text where id = @Id", new { a.Set.Text, a.Id });
            return result;
        }),
        new("what it acts on changed", RejectionKind.Conflict, async (s, a, c) =>
        {
            await s.ExecuteAsync(c.Drift);
            var result = await s.ApproveAsync(a, Second);
            await s.ExecuteAsync(c.Back);
            return result;
        }),
        new("cancelled", RejectionKind.Conflict, async (s, a, _) =>
        {
            Assert.Null((await s.store.Approvals.RejectAsync(a.Id, Asker, Given.Now, default)).Rejection);
            return await s.ApproveAsync(a, Second);
        }),
        new("rejected", RejectionKind.Conflict, async (s, a, _) =>
        {
            Assert.Null((await s.store.Approvals.RejectAsync(a.Id, Second, Given.Now, default)).Rejection);
            return await s.ApproveAsync(a, Second);
        }),
    ];

    /// <summary>Every act of the closed list, and how it comes to be asked for.</summary>
    static readonly Dictionary<string, Func<StoreSuite, Task<ApprovalCase>>> Cases = new()
    {
        ["release-hold"] = async s =>
        {
            var row = await s.SubmitAsync(Given.Row(1));
            await Clinic.MatchAsync(s.store);
            await s.ExecuteAsync($"update record set held = 3 where id = {row.RecordId}");
            return new ApprovalCase(
                ReleaseHold.Of([row.RecordId!.Value], "paper seen"),
                $"update record set version = 2 where id = {row.RecordId}",
                $"update record set version = 1 where id = {row.RecordId}",
                $"select count(*) from record where held = 0 and id = {row.RecordId}");
        },
        ["raise-exempt-cap"] = async s =>
        {
            await s.ClaimExemptAsync(22);
            return new ApprovalCase(
                new RaiseExemptCap(Given.OtherFacility, 30, "embassy district"),
                "update record set version = 2 where held = 2", "update record set version = 1 where held = 2",
                "select count(*) from exempt_cap");
        },
        ["merge-subjects"] = async s =>
        {
            var (kept, merged) = await s.TwoPassportsAsync();
            return new ApprovalCase(
                new MergeSubjects(kept, merged, "two passports"),
                $"update record set version = 2 where subject_id = {merged}",
                $"update record set version = 1 where subject_id = {merged}",
                "select count(*) from subject where merged_by is not null");
        },
        ["allow-shortened"] = _ => Task.FromResult(new ApprovalCase(
            new AllowShortened(30, "the ceremony is late"),
            "insert into setting (name, value) values ('shortened-until', '9')",
            "delete from setting where name = 'shortened-until'",
            "select count(*) from setting where name = 'shortened-until'")),
        ["revoke-in-bulk"] = async s =>
        {
            await s.clinic.CertifyAsync(s.store, Given.Row(1, 1), Given.Row(1, 2));
            return new ApprovalCase(
                BulkOf(new BulkCriteria(Facility: Given.Facility), RevocationReason.Fraud),
                "update bulk_item set version = version + 1", "update bulk_item set version = version - 1",
                "select count(*) from bulk_act where approval_id is not null");
        },
        ["undo-revocation"] = async s =>
        {
            var (_, head) = await s.BoosterAsync();
            await s.RevokeAsync(head, RevocationReason.Leaked);
            return new ApprovalCase(
                new UndoRevocation(head.Value, "the wrong one"),
                "update revocation set undone_at = 1", "update revocation set undone_at = null",
                "select count(*) from revocation where undone_at is not null");
        },
        ["withdraw-dsc"] = async s =>
        {
            await s.store.Pki.AddAsync([s.clinic.Dsc.Own], default);
            return new ApprovalCase(
                new WithdrawDsc(s.clinic.Dsc.Own.Kid.ToString(), "its key is out"),
                "update dsc set withdrawn = 1", "update dsc set withdrawn = 0", "select count(*) from dsc_withdrawal");
        },
        ["undo-merge"] = async s =>
        {
            var (kept, merged) = await s.TwoPassportsAsync();
            var merge = await s.DoAsync(new MergeSubjects(kept, merged, "two passports"));
            return new ApprovalCase(
                new UndoMerge(merge.Id, "brothers"),
                $"update record set version = 2 where subject_id = {kept}",
                $"update record set version = 1 where subject_id = {kept}",
                $"select count(*) from subject where merged_by is null and id = {merged}");
        },
    };

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
        Assert.All(results.Where(r => r.Rejection is not null), r => Assert.Equal(RejectionKind.Conflict, r.Rejection!.Kind));
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
        Assert.All(await store.HeldRecords.PageAsync(0, 10, default), h => Assert.Equal(HoldReason.ExemptCap, h.Reason));

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
            Assert.True(bypass.Refusal == result.Rejection?.Kind, $"{bypass.Name}: {result.Rejection?.ToString() ?? "done"}");
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

    async Task ExecuteAsync(string sql, object? values = null)
    {
        await using var database = await Database.OpenAsync(ConnectionString, Directory, default);
        await database.WriteAsync(session => session.ExecuteAsync(sql, values), default);
    }
}

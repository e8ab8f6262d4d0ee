using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Tests.Policies;

namespace Issuer.Tests.Storage;

/// <summary>Every act that takes two people, ready to be asked for.</summary>
public abstract partial class StoreSuite
{
    const string Operator = "ministry-operator";
    const string Security = "ministry-security";

    static readonly Person Asker = new("asker", [Operator, Security]);
    static readonly Person Second = new("second", [Operator, Security]);

    /// <summary>An act ready to be asked for.</summary>
    /// <param name="Drift">Changes the set.</param>
    /// <param name="Back">Undoes that.</param>
    /// <param name="Done">Counts what was done.</param>
    /// <param name="Drifted">How it is refused then.</param>
    sealed record ApprovalCase(
        TwoPersonCommand Command, string Drift, string Back, string Done,
        RejectionKind Drifted = RejectionKind.Conflict);

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
        ["change-authority"] = _ =>
        {
            var (ours, next) = (
                new Authority("https://id.example", "issuer", null),
                new Authority("https://next.example", "issuer", null));
            return Task.FromResult(new ApprovalCase(
                new ChangeAuthority(next, null, "another provider"),
                "insert into setting (name, value) values ('authority', "
                    + $"'{new BoundAuthority(ours, 0, null).Canonical()}')",
                "delete from setting where name = 'authority'",
                $"select count(*) from setting where name = 'authority' and value like '%{next.Issuer}%'"));
        },
        ["withdraw-set"] = async s =>
        {
            await s.clinic.CertifyAsync(s.store, Given.Row(1, 1), Given.Row(1, 2));
            return new ApprovalCase(
                new WithdrawSet(new BulkCriteria(Facility: Given.Facility), RevocationReason.WrongData, "a slip")
                {
                    AsOf = Given.Now,
                },
                "update bulk_item set version = version + 1", "update bulk_item set version = version - 1",
                "select count(*) from bulk_act where approval_id is not null");
        },
        ["import-policy"] = async s =>
        {
            await s.ImportAsync("2026-03-01", 8);
            return new ApprovalCase(
                new ImportPolicy(PolicyBookTests.Document("2026-03-01", 9).Text, "more foreigners"),
                "update policy_version set version = 5", "update policy_version set version = 1",
                "select count(*) from policy_version where version = 2");
        },
        ["revoke-in-bulk"] = async s =>
        {
            await s.clinic.CertifyAsync(s.store, Given.Row(1, 1), Given.Row(1, 2));
            return new ApprovalCase(
                BulkOf(new BulkCriteria(Facility: Given.Facility), RevocationReason.Fraud),
                "update bulk_item set version = version + 1", "update bulk_item set version = version - 1",
                "select count(*) from bulk_act where approval_id is not null");
        },
        ["clear-hold"] = async s =>
        {
            var (hold, record) = await s.HoldOneAsync();
            return new ApprovalCase(
                new ClearHold(hold, "a mobile team"),
                $"update record set version = 2 where id = {record}",
                $"update record set version = 1 where id = {record}",
                $"select count(*) from hold where state = 1 and id = {hold}");
        },
        ["withdraw-hold"] = async s =>
        {
            var (hold, record) = await s.HoldOneAsync();
            return new ApprovalCase(
                new WithdrawHold(hold, "invented"),
                $"update record set version = 2 where id = {record}",
                $"update record set version = 1 where id = {record}",
                $"select count(*) from hold where state = 2 and id = {hold}");
        },
        ["announce-backlog"] = _ => Task.FromResult(new ApprovalCase(
            new AnnounceBacklog(
                Given.Facility, Given.Record().Product, new DateOnly(2021, 7, 1), new DateOnly(2021, 9, 30), 400,
                "on paper"),
            $"update facility set province = '01' where code = '{Given.Facility}'",
            $"update facility set province = '79' where code = '{Given.Facility}'",
            "select count(*) from backlog", RejectionKind.Forbidden)),
        ["undo-revocation"] = async s =>
        {
            var (_, head) = await s.BoosterAsync();
            await s.RevokeAsync(head, RevocationReason.Leaked);
            return new ApprovalCase(
                new UndoRevocation(head.Value, "the wrong one"),
                "update revocation set undone_at = 1, undone_by = 'x', undone_reason = 'x'",
                "update revocation set undone_at = null, undone_by = null, undone_reason = null",
                "select count(*) from revocation where undone_at is not null", RejectionKind.NotFound);
        },
        ["withdraw-dsc"] = async s =>
        {
            await s.store.Pki.AddAsync([s.clinic.Dsc.Own], default);
            return new ApprovalCase(
                new WithdrawDsc(s.clinic.Dsc.Own.Kid.ToString(), "its key is out"),
                "update dsc set withdrawn = 1", "update dsc set withdrawn = 0", "select count(*) from dsc_withdrawal",
                RejectionKind.NotFound);
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
}

using Issuer.Core.Approvals;
using Issuer.Core.Revocation;

namespace Issuer.Tests.Approvals;

public sealed class ApprovalRuleTests
{
    static readonly TwoPersonCommand[] Commands =
    [
        ReleaseHold.Of([3, 1, 3], "seen"), new RaiseExemptCap("79001", 30, "embassies"),
        new RevokeInBulk(new BulkCriteria(Facility: "79001", From: 1), RevocationReason.Fraud, "invented"),
        new UndoRevocation(5, "mistaken"), new WithdrawDsc("kid", "its key is out"),
        new MergeSubjects(1, 2, "two passports"), new UndoMerge(7, "brothers"),
        new AllowShortened(30, "the ceremony is late"),
        new ImportPolicy("{}", "new holidays"),
    ];

    [Fact]
    public void The_closed_list_is_the_table_and_nothing_else() => Assert.Equal(
        FourEyesTable.All.Select(TextOf).Order(),
        ApprovalRule.All.Select(rule => TextOf(new FourEyesRow(rule.Act, [.. rule.Requesters], [.. rule.Approvers])))
            .Order());

    [Fact]
    public void Each_role_may_ask_and_approve_what_the_table_says_and_nothing_else()
    {
        var set = new MaterialisedSet(["one"]);
        foreach (var command in Commands)
        {
            var row = FourEyesTable.Of(ApprovalRule.Of(command).Act);
            var asked = new Approval(
                1, command, set, Approval.DigestOf(command, set), "asker", Given.Now, Given.Now.AddDays(3),
                ApprovalState.Requested, null, null);
            foreach (var role in FourEyesTable.Roles)
            {
                var person = new Person("second", [role]);
                Assert.Equal(row.Requesters.Contains(role), DecideApproval.Request(command, person) is null);
                Assert.Equal(
                    row.Approvers.Contains(role), DecideApproval.Approve(asked, person, Given.Now) is null);
                Assert.Equal(
                    row.Approvers.Contains(role), DecideApproval.Reject(asked, person, Given.Now) is null);
            }
        }
    }

    [Fact]
    public void Two_spellings_of_a_subject_are_one_person()
    {
        var asker = new Person("asker", []);
        Assert.All(FourEyesTable.SpellingsOfAsker, spelling => Assert.True(asker.IsSame(spelling), spelling));
        Assert.All(new[] { "second", "asker2", "", "\ud800" }, other => Assert.False(asker.IsSame(other), other));
    }

    [Fact]
    public void A_command_is_read_back_as_it_was_written()
    {
        Assert.Equal(ApprovalRule.All.Count, Commands.Length);
        foreach (var command in Commands)
        {
            var rule = ApprovalRule.Of(command);
            Assert.Equal(command.Canonical(), ApprovalRule.Of(rule.Act).Parse(command.Canonical()).Canonical());
        }
    }

    [Fact]
    public void The_order_in_which_records_were_listed_makes_no_other_command() =>
        Assert.Equal(ReleaseHold.Of([1, 3], "seen").Canonical(), Commands[0].Canonical());

    [Fact]
    public void The_digest_covers_the_act_the_command_and_the_set()
    {
        var one = new MaterialisedSet(["record 1"]);
        var digests = Commands.SelectMany(c => new[] { one, new MaterialisedSet(["record 2"]) }
            .Select(set => Convert.ToHexString(Approval.DigestOf(c, set)))).ToList();
        Assert.Equal(2 * Commands.Length, digests.Distinct().Count());
    }

    static string TextOf(FourEyesRow row) =>
        $"{row.Act}: {string.Join(' ', row.Requesters.Order())} / {string.Join(' ', row.Approvers.Order())}";
}

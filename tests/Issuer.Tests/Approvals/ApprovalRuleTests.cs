using Issuer.Core;
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
        new ChangeAuthority(new Authority("https://id.example", "issuer", null), "ab", "another provider"),
        new WithdrawSet(new BulkCriteria(Records: [4], Facility: "79001"), RevocationReason.WrongData, "a slip"),
        new ClearHold(3, "a mobile team"), new WithdrawHold(3, "invented"),
        new AnnounceBacklog(
            "79001", "EU/1/20/1528", new DateOnly(2021, 7, 1), new DateOnly(2021, 9, 30), 400, "on paper"),
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

    [Theory]
    [InlineData("!", "\uff01")]
    [InlineData("~", "\uff5e")]
    public void The_first_and_the_last_full_width_form_are_those_of_ASCII(string narrow, string wide) =>
        Assert.True(new Person($"asker{narrow}", []).IsSame($"asker{wide}"));

    [Fact]
    public void An_act_that_is_not_on_the_list_has_no_rule()
    {
        Assert.Throws<InvalidOperationException>(() => ApprovalRule.Of("forget-everything"));
        Assert.Throws<InvalidOperationException>(() => ApprovalRule.Of(new Unlisted()));
    }

    [Fact]
    public void A_stored_request_that_differs_from_the_one_that_was_made_is_neither_approved_nor_rejected()
    {
        var command = Commands[0];
        var asked = new Approval(
            1, command, new MaterialisedSet(["another"]),
            Approval.DigestOf(command, new MaterialisedSet(["one"])), "asker", Given.Now, Given.Now.AddDays(3),
            ApprovalState.Requested, null, null);
        var second = new Person("second", ["ministry-security"]);

        Assert.Equal(RejectionKind.Conflict, DecideApproval.Approve(asked, second, Given.Now)?.Kind);
        Assert.Equal(RejectionKind.Conflict, DecideApproval.Reject(asked, second, Given.Now)?.Kind);
    }

    [Theory]
    [InlineData(ApprovalState.Executed)]
    [InlineData(ApprovalState.Rejected)]
    [InlineData(ApprovalState.Cancelled)]
    public void What_has_been_answered_keeps_its_answer_after_the_limit(ApprovalState state)
    {
        var set = new MaterialisedSet(["one"]);
        var answered = new Approval(
            1, Commands[0], set, Approval.DigestOf(Commands[0], set), "asker", Given.Now, Given.Now.AddDays(3), state,
            "second", Given.Now);

        Assert.Equal(state, answered.StateAt(Given.Now.AddDays(4)));
        Assert.Contains(
            $"already {state.ToString().ToLowerInvariant()}",
            DecideApproval.Approve(answered, new Person("third", ["ministry-security"]), Given.Now)!.Detail,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_asked_cannot_approve_and_may_take_it_back_whatever_their_roles_are_now()
    {
        var set = new MaterialisedSet(["one"]);
        var asked = new Approval(
            1, Commands[0], set, Approval.DigestOf(Commands[0], set), "asker", Given.Now, Given.Now.AddDays(3),
            ApprovalState.Requested, null, null);

        Assert.Equal(
            RejectionKind.Forbidden,
            DecideApproval.Approve(asked, new Person("asker", ["ministry-security"]), Given.Now)?.Kind);
        Assert.Equal(
            RejectionKind.Forbidden, DecideApproval.Approve(asked, new Person("other", ["auditor"]), Given.Now)?.Kind);
        Assert.Equal(
            RejectionKind.Forbidden, DecideApproval.Reject(asked, new Person("other", ["auditor"]), Given.Now)?.Kind);
        Assert.Null(DecideApproval.Reject(asked, new Person("asker", []), Given.Now));
        Assert.Equal(
            RejectionKind.Forbidden, DecideApproval.Request(Commands[0], new Person("asker", []))?.Kind);
    }

    sealed record Unlisted() : TwoPersonCommand("for no reason");

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
    public void Whatever_two_people_can_be_asked_for_is_on_the_closed_list() => Assert.All(
        typeof(TwoPersonCommand).Assembly.GetTypes().Where(type => type.BaseType == typeof(TwoPersonCommand)),
        type => Assert.Single(Commands, command => command.GetType() == type));

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

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
}

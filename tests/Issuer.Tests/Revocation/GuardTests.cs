using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Revocation;

public sealed class GuardTests : IDisposable
{
    static readonly CompactListState Before = ListSample.State(ListSample.Set(1, 2, 3, 4)) with { Issued = 100 };

    readonly ListSample lists = new();

    public void Dispose() => lists.Dispose();

    [Fact]
    public void A_list_that_grows_is_published() =>
        Assert.Null(GuardShrinkage.Check(Before, Next(1, 2, 3, 4, 5), Explanations.None));

    [Fact]
    public void A_removal_without_an_explanation_is_refused_even_when_the_list_grows() => Assert.Equal(
        "unexplained-removal",
        GuardShrinkage.Check(Before, Next(2, 3, 4, 5, 6, 7), Explanations.None)?.Detail);

    [Fact]
    public void An_empty_answer_is_refused() => Assert.Equal(
        "unexplained-removal, certificates-missing",
        GuardShrinkage.Check(Before, Next() with { Issued = 0 }, Explanations.None)?.Detail);

    [Fact]
    public void Expiry_and_undoing_explain_their_own_slots_only()
    {
        Assert.Equal([new Slot(1), new Slot(2)], GuardShrinkage.Removed(Before, Next(3, 4)));
        var explained = new Explanations(Slots(1), Slots(2), 1);
        Assert.Null(GuardShrinkage.Check(Before, Next(3, 4) with { Issued = 99 }, explained));
        Assert.Equal("unexplained-removal", GuardShrinkage.Check(Before, Next(2, 4), explained)?.Detail);
    }

    [Fact]
    public void Certificates_that_vanish_without_expiring_are_refused()
    {
        var next = Next(1, 2, 3, 4) with { Issued = 90 };
        Assert.Null(GuardShrinkage.Check(Before, next, Explanations.None with { CertificatesGone = 10 }));
        Assert.Equal("certificates-missing",
            GuardShrinkage.Check(Before, next, Explanations.None with { CertificatesGone = 9 })?.Detail);
    }

    [Fact]
    public void The_sequence_rises_by_one_and_the_clock_does_not_go_back()
    {
        var good = Next(1, 2, 3, 4);
        Assert.Equal("broken-chain",
            GuardShrinkage.Check(Before, good with { Sequence = Before.Sequence }, Explanations.None)?.Detail);
        Assert.Equal("broken-chain",
            GuardShrinkage.Check(Before, good with { Sequence = Before.Sequence + 2 }, Explanations.None)?.Detail);
        Assert.Equal("broken-chain",
            GuardShrinkage.Check(Before, good with { Previous = default }, Explanations.None)?.Detail);
        Assert.Equal("broken-chain",
            GuardShrinkage.Check(Before, good with { Country = "LA" }, Explanations.None)?.Detail);
        Assert.Equal("clock-set-back", GuardShrinkage.Check(
            Before, good with { ThisUpdate = Before.ThisUpdate.AddSeconds(-1) }, Explanations.None)?.Detail);
        Assert.Equal("clock-set-back", GuardShrinkage.Check(
            Before, good with { NextUpdate = good.ThisUpdate }, Explanations.None)?.Detail);
    }

    [Fact]
    public void Two_lists_may_be_made_in_one_second() => Assert.Null(GuardShrinkage.Check(
        Before, Next(1, 2, 3, 4, 5) with { ThisUpdate = Before.ThisUpdate }, Explanations.None));

    [Fact]
    public void A_proof_finds_every_kind_of_fault()
    {
        var proof = ProveList.Over(Before, Certificates((1, true), (2, false), (3, true), (9, true), (10, false)));
        Assert.False(proof.Holds);
        Assert.Equal((5, 1, 1, 1), (proof.Certificates, proof.FalsePositives, proof.FalseNegatives, proof.Strangers));
    }

    [Fact]
    public void Certificates_come_in_order_and_once()
    {
        Assert.Throws<ArgumentException>(() => ProveList.Over(Before, Certificates((1, true), (1, true))));
        Assert.Throws<ArgumentException>(() => ProveList.Over(Before, Certificates((2, true), (1, true))));
    }

    [Fact]
    public void Nothing_is_signed_without_a_proof_of_exactly_this_list()
    {
        var prepared = PreparedCompactList.Full(Before with { Issued = 5 });
        Assert.NotNull(prepared.Sign(lists.Anchor, Proof((1, true), (2, true), (3, true), (4, true), (5, false))));
        foreach (var proof in new[]
        {
            Proof((1, true), (2, true), (3, true), (4, true)),
            Proof((1, true), (2, true), (3, true), (4, false), (5, false)),
            Proof((1, true), (2, true), (3, true), (4, true), (5, true)),
            ProveList.Over(Next(7), Certificates((3, false), (4, false), (5, false), (6, false), (7, true))),
        })
        {
            Assert.Throws<InvalidOperationException>(() => prepared.Sign(lists.Anchor, proof));
        }
    }

    static ListProof Proof(params (long, bool)[] certificates) => ProveList.Over(Before, Certificates(certificates));

    static IEnumerable<(Slot, bool)> Certificates(params (long Slot, bool IsRefused)[] certificates) =>
        certificates.Select(c => (new Slot(c.Slot), c.IsRefused));

    static CompactListState Next(params long[] slots) =>
        ListSample.State(ListSample.Set(slots), Before) with { Issued = 100 };

    static HashSet<Slot> Slots(params long[] slots) => [.. slots.Select(slot => new Slot(slot))];
}

using System.Globalization;
using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Tests.Revocation;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Publication;

/// <summary>What an urgent addition to a list must prove, and which batches it makes.</summary>
public sealed class UrgentProofTests
{
    static readonly CompactListState Proved = ListSample.State(ListSample.Set(1, 2, 3)) with { Issued = 100 };
    static readonly DateTimeOffset Expires = Given.Now.AddMonths(12);

    [Fact]
    public void It_keeps_the_dates_and_the_count_of_the_list_that_it_adds_to()
    {
        var next = BuildCompactList.Extend(Proved, [Listed(7), Listed(5)]);
        Assert.Equal([1, 2, 3, 5, 7], ListSample.Numbers(next.Revoked));
        Assert.Equal(
            (Proved.Sequence + 1, Proved.ThisUpdate, Proved.NextUpdate, 100, Proved.Link),
            (next.Sequence, next.ThisUpdate, next.NextUpdate, next.Issued, next.Previous));
        Assert.Null(GuardShrinkage.Check(Proved, next, Explanations.None));
    }

    [Theory]
    [InlineData("5 7", "5+ 7+", 0, 0, 0)]
    [InlineData("5 7", "5+ 7-", 1, 0, 0)]
    [InlineData("5 7", "5+", 0, 0, 1)]
    [InlineData("5", "5+ 7+", 0, 1, 0)]
    [InlineData("", "", 0, 0, 0)]
    public void Each_slot_that_is_new_must_be_refused_by_the_store_when_it_is_asked_anew(
        string added, string answers, long good, long missing, long strangers)
    {
        var next = BuildCompactList.Extend(Proved, Words(added).Select(word => Listed(NumberOf(word))));
        var proof = ListProof.OfAddition(Proved, next, [.. Words(answers).Select(word =>
            (new Slot(NumberOf(word[..^1])), word[^1] == '+'))]);
        Assert.Equal(new ListProof(next.SetDigest, 100, good, missing, strangers), proof);
    }

    [Fact]
    public void A_slot_that_left_is_one_that_is_missing()
    {
        var shrunk = Proved with { Revoked = ListSample.Set(1, 2) };
        Assert.Equal(1, ListProof.OfAddition(Proved, shrunk, []).FalseNegatives);
    }

    [Fact]
    public void New_hashes_make_batches_of_their_own_by_expiry_and_kind()
    {
        var batches = PlanBatches.Add("VN",
            [
                Entry(1, Expires), Entry(2, Expires), Entry(3, Expires, isSuspension: true),
                Entry(4, Expires.AddDays(30)), Entry(5, Given.Now.AddDays(-30)),
            ],
            Given.Now);
        Assert.Equal([2, 1, 1], batches.Select(batch => batch.Hashes.Count));
        Assert.Single(batches, batch => batch.IsSuspension);
    }

    static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    static ListedCertificate Listed(long slot) =>
        new(new Slot(slot), default, Hash((byte)slot), Expires, IsSuspended: false);

    static RevocationEntry Entry(byte hash, DateTimeOffset expires, bool isSuspension = false) =>
        new(default, Hash(hash), expires, isSuspension);

    static RevocationHash Hash(byte first) => new([first, .. new byte[RevocationHash.Length - 1]]);

    static long NumberOf(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}

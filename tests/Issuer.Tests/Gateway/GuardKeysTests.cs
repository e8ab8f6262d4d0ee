using Issuer.Core.Gateway;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.Gateway;

public sealed class GuardKeysTests
{
    readonly List<GatewayKey> ten = [.. Enumerable.Range(0, 10).Select(_ => Abroad.Key())];

    static string? Check(IEnumerable<KnownKey> known, IEnumerable<GatewayKey> next, bool isAccepted = false) =>
        GuardKeys.Check(
            [.. known], new GatewayReading([.. next], []), GatewayPolicy.Default, Abroad.Now, isAccepted)?.Detail;

    IEnumerable<KnownKey> Ten => ten.Select(key => key.Known());

    [Fact]
    public void Where_nothing_stands_anything_is_taken() => Assert.Null(Check([], []));

    [Fact]
    public void A_CSCA_alone_is_no_set_that_could_shrink() =>
        Assert.Null(Check([Abroad.Key(kind: TrustListItem.Csca).Known(), Abroad.Key().Known(hasLeft: true)], []));

    [Fact]
    public void A_set_never_becomes_empty_not_even_accepted()
    {
        Assert.Contains("no DSC that can be believed", Check(Ten, []));
        Assert.Contains(
            "no DSC that can be believed", Check(Ten, [Abroad.Key(kind: TrustListItem.Csca)], isAccepted: true));
    }

    [Fact]
    public void A_fifth_may_leave_at_once_and_more_only_when_a_person_has_looked()
    {
        Assert.Null(Check(Ten, ten.Skip(2)));
        Assert.EndsWith("3 of 10 DSCs would leave at once", Check(Ten, ten.Skip(3)));
        Assert.Null(Check(Ten, ten.Skip(3), isAccepted: true));
        Assert.Null(Check(ten.Take(2).Select(key => key.Known()), ten.Take(1)));
    }

    [Fact]
    public void Who_has_ended_or_left_before_is_not_missed()
    {
        var ended = Enumerable.Range(0, 10).Select(_ => Abroad.Key(ends: Abroad.Now).Known());
        Assert.Null(Check(Ten.Concat(ended), ten));
        Assert.Null(Check(Ten.Concat([Abroad.Key().Known(hasLeft: true)]), ten));
    }

    [Fact]
    public void Live_keys_are_weighed_against_live_ones_however_many_ended_ones_stay()
    {
        List<GatewayKey> ended = [.. Enumerable.Range(0, 20).Select(_ => Abroad.Key(ends: Abroad.Now))];
        var known = Ten.Concat(ended.Select(key => key.Known()));
        Assert.Contains("5 of 10 DSCs would leave", Check(known, ten.Skip(5).Concat(ended)));
        Assert.Null(Check(known, ten.Skip(2).Concat(ended)));
    }

    [Fact]
    public void A_country_of_which_nothing_would_be_left_is_named()
    {
        List<GatewayKey> few = [Abroad.Key("SG"), Abroad.Key("SG"), Abroad.Key("TH")];
        var known = Ten.Concat(few.Select(key => key.Known()));
        var ended = Abroad.Key("TH", ends: Abroad.Now);
        Assert.EndsWith(
            "3 of 13 DSCs would leave at once, and nothing would be left of SG, TH", Check(known, ten.Append(ended)));
        Assert.EndsWith(
            "4 of 13 DSCs would leave at once, and nothing would be left of TH",
            Check(known, ten.Skip(2).Append(few[0])));
    }

    [Fact]
    public void One_that_had_left_comes_back_only_when_it_was_listed_anew()
    {
        var gone = Abroad.Key();
        var known = Ten.Append(gone.Known(hasLeft: true));
        Assert.Contains("older", Check(known, ten.Append(gone)));
        Assert.Null(Check(known, ten.Append(gone), isAccepted: true));
        Assert.Null(Check(known, ten.Append(gone with { Listed = gone.Listed.AddDays(1) })));
    }
}

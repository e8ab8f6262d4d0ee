using Issuer.Core.Pki;
using Issuer.Core.TrustLists;
using Issuer.Tests.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.TrustList;

/// <summary>What an app meets that walks the list while it changes.</summary>
public sealed class SignerCertificatesTests : IDisposable
{
    static readonly DateTimeOffset Now = Ceremony.Now;

    readonly Ceremony ceremony = new();

    public void Dispose() => ceremony.Dispose();

    [Fact]
    public void Whatever_is_withdrawn_or_added_between_two_steps_each_DSC_that_stays_is_met_once()
    {
        var dscs = Enumerable.Range(0, 8).Select(_ => ceremony.OwnDsc()).ToList();
        for (var at = 0; at < 6; at++)
        {
            for (var gone = 0; gone < 6; gone++)
            {
                var before = Content(Now, null, dscs[..6]);
                var after = Content(
                    Now.AddMinutes(1), before, [.. dscs[..6].Select((d, i) => i == gone ? Without(d) : d), dscs[6]]);
                var met = Walk(before, after, at);
                Assert.Equal(met.Count, met.Distinct().Count());
                var stay = dscs[..7].Where((_, i) => i != gone).Select(d => d.Kid.ToString());
                Assert.Superset(stay.ToHashSet(), met.ToHashSet());
                Assert.Equal(after.Kids().Order(), stay.Order());
            }
        }
    }

    [Fact]
    public void After_everything_published_was_lost_an_old_token_misses_nobody()
    {
        var dscs = new[] { ceremony.OwnDsc(), ceremony.OwnDsc(), ceremony.OwnDsc() };
        var before = Content(Now, null, dscs);
        var after = Content(Now.AddMinutes(1), null, [.. dscs, ceremony.OwnDsc()]);
        Assert.Equal(4, Walk(after, after, 9, before.Dscs[^1].Listed).Count);
    }

    [Fact]
    public void The_delta_names_who_came_and_who_went()
    {
        var (one, two, three) = (ceremony.OwnDsc(), ceremony.OwnDsc(), ceremony.OwnDsc());
        var before = Content(Now, null, [one, two]);
        var after = Content(Now.AddDays(2), before, [one, Without(two), three]);
        var delta = after.Since(Now.AddDays(1));
        Assert.Equal([three.Kid.ToString()], delta.Updated);
        Assert.Equal([two.Kid.ToString()], delta.Deleted);
        Assert.Equal(2, after.Since(null).Updated.Count);
        Assert.Empty(after.Since(Now.AddDays(3)).Updated);
        Assert.Equal(
            [two.Kid.ToString()],
            Content(Now.AddDays(30), after, [one, Without(two), three]).Since(Now.AddDays(1)).Deleted);
    }

    [Fact]
    public void Kids_are_answered_by_country_and_unknown_ones_left_out()
    {
        var dsc = ceremony.OwnDsc();
        var found = Content(Now, null, [dsc]).Of([dsc.Kid.ToString(), "AAAAAAAAAAA=", ""]);
        var one = Assert.Single(Assert.Single(found, pair => pair.Key == "VN").Value);
        Assert.Equal(Convert.ToBase64String(dsc.Der.Span), one.RawData);
    }

    static OwnDsc Without(OwnDsc dsc) => new(dsc.Der.Span, dsc.KeyName, dsc.Facility, withdrawn: true);

    TrustListContent Content(DateTimeOffset now, TrustListContent? previous, IReadOnlyList<OwnDsc> dscs)
    {
        var outcome = BuildTrustContent.From(
            new TrustListRows([ceremony.Csca], [.. dscs.Select(dsc => new ListedDsc(dsc, null))]),
            ValidityPolicy.Default, now, previous);
        Assert.Null(outcome.Rejection);
        return outcome.Value!;
    }

    /// <summary>The first steps on one list, the others on the next.</summary>
    static List<string> Walk(TrustListContent before, TrustListContent after, int changesAt, long? token = null)
    {
        List<string> met = [];
        for (var step = 0; (step < changesAt ? before : after).After(token) is { } next; step++)
        {
            met.Add(next.Kid);
            token = next.Listed;
        }
        return met;
    }
}

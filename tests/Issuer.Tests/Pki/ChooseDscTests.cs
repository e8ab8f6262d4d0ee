using Issuer.Core;
using Issuer.Core.Pki;

namespace Issuer.Tests.Pki;

public sealed class ChooseDscTests : IDisposable
{
    static readonly DateTimeOffset Now = Ceremony.Now.AddYears(1);
    static readonly DateTimeOffset Exp = ValidityPolicy.Default.ExpiryOf(Now);

    readonly Ceremony ceremony = new();

    public void Dispose() => ceremony.Dispose();

    [Fact]
    public void The_DSC_that_began_last_is_chosen()
    {
        var old = ceremony.OwnDsc(to: Exp.AddYears(1));
        var fresh = ceremony.OwnDsc(from: Now.AddDays(-1), to: Exp.AddDays(200));
        var choice = Choose(old, fresh);
        Assert.Equal(fresh.Kid, choice.Dsc.Kid);
        Assert.False(choice.RunsOut);
    }

    [Fact]
    public void Whatever_the_order_of_equals_the_same_is_chosen()
    {
        var (one, two) = (ceremony.OwnDsc(to: Exp), ceremony.OwnDsc(to: Exp));
        var smaller = string.CompareOrdinal(one.Kid.ToString(), two.Kid.ToString()) < 0 ? one : two;

        Assert.Equal(smaller.Kid, Choose(one, two).Dsc.Kid);
        Assert.Equal(smaller.Kid, Choose(two, one).Dsc.Kid);
        Assert.Equal(smaller.Kid, ChooseDsc.Longest([one, two], null, Now)?.Kid);
        Assert.Equal(smaller.Kid, ChooseDsc.Longest([two, one], null, Now)?.Kid);
    }

    [Fact]
    public void A_DSC_may_begin_now_and_end_with_exp()
    {
        var dsc = ceremony.OwnDsc(from: Now, to: Exp);
        Assert.Equal(dsc.Kid, Choose(dsc).Dsc.Kid);
    }

    [Fact]
    public void Exp_is_never_shortened() => Assert.Equal(
        FormattableString.Invariant($"The ministry has no DSC that outlives exp {Exp.ToUniversalTime():u}."),
        WhyNot(null, ceremony.OwnDsc(to: Exp.AddSeconds(-1))));

    [Fact]
    public void A_DSC_that_has_not_begun_does_not_sign() => Assert.Equal(
        "The DSC of The ministry has not begun yet.", WhyNot(null, ceremony.OwnDsc(from: Now.AddSeconds(1), to: Exp)));

    [Fact]
    public void A_withdrawn_DSC_does_not_sign() => Assert.Equal(
        "The ministry has no DSC.", WhyNot(null, ceremony.OwnDsc(to: Exp, withdrawn: true)));

    [Fact]
    public void Neither_side_signs_with_the_others_DSC()
    {
        var ministry = ceremony.OwnDsc(to: Exp);
        var facility = ceremony.OwnDsc(to: Exp, facility: "79-001");
        Assert.Equal(facility.Kid, ChooseDsc.For([ministry, facility], "79-001", Now, Exp).Value!.Dsc.Kid);
        Assert.Equal(ministry.Kid, ChooseDsc.For([ministry, facility], null, Now, Exp).Value!.Dsc.Kid);
        Assert.Equal("Facility 79-002 has no DSC.", WhyNot("79-002", ministry, facility));
        Assert.Equal("The ministry has no DSC.", WhyNot(null, facility));
    }

    [Theory]
    [InlineData(91, false)]
    [InlineData(90, true)]
    [InlineData(0, true)]
    public void From_90_days_on_there_is_a_warning(int days, bool warned) =>
        Assert.Equal(warned, Choose(ceremony.OwnDsc(to: Exp.AddDays(days))).RunsOut);

    [Fact]
    public void A_DSC_with_less_than_a_day_left_signs_nothing_shortened_either()
    {
        var aDay = ceremony.OwnDsc(to: Now.AddDays(1));
        var less = ceremony.OwnDsc(to: Now.AddDays(1).AddSeconds(-1));

        Assert.Equal(aDay.Kid, ChooseDsc.Longest([less, aDay], null, Now)?.Kid);
        Assert.Null(ChooseDsc.Longest([less], null, Now));
    }

    [Fact]
    public void As_long_as_one_DSC_lasts_there_is_no_warning_whichever_signs() => Assert.Equal(
        (TimeSpan.FromDays(365), false),
        Choose(ceremony.OwnDsc(to: Exp.AddDays(365)), ceremony.OwnDsc(from: Now, to: Exp.AddDays(30))) is var choice
            ? (choice.Remaining, choice.RunsOut)
            : default);

    [Fact]
    public void Of_the_owners_valid_ones_the_longest_may_sign_shortened()
    {
        var (shorter, longer) = (ceremony.OwnDsc(to: Now.AddDays(20)), ceremony.OwnDsc(to: Now.AddDays(40)));
        OwnDsc[] others =
        [
            ceremony.OwnDsc(to: Exp, facility: "79-001"), ceremony.OwnDsc(to: Exp, withdrawn: true),
            ceremony.OwnDsc(from: Now.AddSeconds(1), to: Exp),
        ];

        Assert.Equal(longer.Kid, ChooseDsc.Longest([shorter, longer, .. others], null, Now)?.Kid);
        Assert.Null(ChooseDsc.Longest(others, null, Now));
        Assert.Null(ChooseDsc.Longest([longer], "79-001", Now));
        Assert.Equal(shorter.Kid, ChooseDsc.Longest([shorter], null, shorter.NotBefore)?.Kid);
    }

    [Fact]
    public void Policy_says_which_facility_has_a_DSC_of_its_own()
    {
        var policy = new SigningPolicy { FacilitiesWithOwnDsc = ["79-001"] };
        Assert.Equal("79-001", policy.OwnerFor("79-001"));
        Assert.Null(policy.OwnerFor("79-002"));
        Assert.Null(SigningPolicy.Default.OwnerFor("79-001"));
    }

    static DscChoice Choose(params OwnDsc[] dscs) => ChooseDsc.For(dscs, null, Now, Exp).Value!;

    static string WhyNot(string? owner, params OwnDsc[] dscs)
    {
        var refused = ChooseDsc.For(dscs, owner, Now, Exp).Rejection;
        Assert.Equal(RejectionKind.Unavailable, refused?.Kind);
        return refused!.Detail;
    }
}

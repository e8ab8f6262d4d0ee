using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Pki;
using Issuer.Tests.Pki;

namespace Issuer.Tests.Certificates;

public sealed class DscChoicesTests : IDisposable
{
    static readonly DateTimeOffset Now = Ceremony.Now;
    static readonly DateTimeOffset Exp = ValidityPolicy.Default.ExpiryOf(Now);

    readonly Ceremony ceremony = new();

    public void Dispose() => ceremony.Dispose();

    [Fact]
    public void Each_owners_certificates_go_under_the_owners_DSC()
    {
        var (ministry, facility) = (Dsc(to: Exp), Dsc(to: Exp, Given.Facility));
        var choices = new DscChoices(Context(ministry, facility) with
        {
            Signing = new SigningPolicy { FacilitiesWithOwnDsc = [Given.Facility] },
        });

        Assert.Equal(new DscChoices.Choice(facility, Exp), Choose(choices, Given.Facility));
        Assert.Equal(new DscChoices.Choice(ministry, Exp), Choose(choices, Given.OtherFacility));
        Assert.Same(Choose(choices, Given.OtherFacility), Choose(choices, "48001"));
        Assert.Equal(facility, Choose(choices, Given.Facility)?.Dsc);
    }

    [Fact]
    public void Without_a_DSC_that_outlives_it_there_is_no_certificate()
    {
        var refused = new DscChoices(Context(Dsc(to: Exp.AddSeconds(-1)))).For(EntitlementOf(Given.Facility)).Rejection;

        Assert.Equal(RejectionKind.Unavailable, refused?.Kind);
        Assert.Contains("no DSC that outlives exp", refused!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(null, false)]
    public void Two_people_may_allow_certificates_that_end_with_their_DSC_up_to_a_moment(int? secondsLeft, bool isAllowed)
    {
        var (less, longest) = (Dsc(to: Exp.AddDays(-60)), Dsc(to: Exp.AddDays(-30)));
        var choices = new DscChoices(Context(less, longest) with
        {
            ShortenedUntil = secondsLeft is { } seconds ? Now.AddSeconds(seconds) : null,
        });

        Assert.Equal(
            isAllowed ? new DscChoices.Choice(longest, longest.Own.NotAfter) : null, Choose(choices, Given.Facility));
    }

    [Fact]
    public void What_is_not_shortened_is_not_shortened_by_leave_to_do_so()
    {
        var (outlives, longer) = (Dsc(to: Exp), Dsc(to: Exp.AddDays(1)));
        var choices = new DscChoices(Context(outlives, longer) with { ShortenedUntil = Now.AddDays(1) });

        Assert.Equal(Exp, Choose(choices, Given.Facility)?.ExpiresAt);
        Assert.Null(Choose(
            new DscChoices(Context(Dsc(to: Now.AddHours(23))) with { ShortenedUntil = Now.AddDays(1) }), Given.Facility));
    }

    static DscChoices.Choice? Choose(DscChoices choices, string facility) => choices.For(EntitlementOf(facility)).Value;

    static Entitlement EntitlementOf(string facility) => new(
        Course.Parse("AZ")[0] with { Facility = facility }, Course.Policy.FindProduct("AstraZeneca")!, 1, 1);

    static PreparationContext Context(params SigningDsc[] dscs) => new(
        Course.Policy, ValidityPolicy.Default, new RegenerationMoments(ValidityPolicy.Default, new byte[32]),
        SigningPolicy.Default, dscs, Now);

    SigningDsc Dsc(DateTimeOffset to, string? facility = null)
    {
        var own = ceremony.OwnDsc(to: to, facility: facility);
        Assert.True(Issuer.Hcert.Dsc.TryParse(own.Der.Span, out var verifier, out _));
        return new SigningDsc(own, verifier);
    }
}

using Issuer.Hcert;
using Issuer.Verification;

namespace Issuer.Tests.Hcert;

/// <summary>How old a list is, and when it is too old to say anything.</summary>
public sealed class ListAgeTests : IDisposable
{
    static readonly DateTimeOffset Made = new(2027, 3, 1, 6, 0, 0, TimeSpan.Zero);
    static readonly ListAge List = new("revocation list", Made, Made.AddHours(24));

    readonly HcertSample sample = new();

    public void Dispose() => sample.Dispose();

    [Theory]
    [InlineData(-1000, null, false)]
    [InlineData(0, null, false)]
    [InlineData(24, null, false)]
    [InlineData(48, null, false)]
    [InlineData(48.01, null, true)]
    [InlineData(36, 36, false)]
    [InlineData(36.01, 36, true)]
    [InlineData(100, 101, false)]
    [InlineData(0.01, 0, true)]
    public void It_is_too_old_a_day_after_the_next_was_due_or_beyond_the_age_that_was_asked_for(
        double hours, int? most, bool isTooOld) => Assert.Equal(
        isTooOld, List.IsTooOld(Made.AddHours(hours), most is { } limit ? TimeSpan.FromHours(limit) : null));

    [Fact]
    public void Lists_that_do_not_tell_their_age_have_none() =>
        Assert.Empty(new VerificationLists(new TrustedDscs([sample.Dsc], []), null, null).Ages);

    [Theory]
    [InlineData(Verdict.Valid, true)]
    [InlineData(Verdict.NotYetValid, true)]
    [InlineData(Verdict.Expired, true)]
    [InlineData(Verdict.Revoked, false)]
    [InlineData(Verdict.WrongKeyUsage, false)]
    [InlineData(Verdict.BadSignature, false)]
    [InlineData(Verdict.UnknownIssuer, false)]
    [InlineData(Verdict.Malformed, false)]
    public void The_store_is_asked_about_what_is_signed_and_stands_on_no_list(Verdict verdict, bool isAsked)
    {
        var lists = new VerificationLists(new TrustedDscs([sample.Dsc], []), null, null);
        var judged = lists.Verify(sample.Hc1(), HcertSample.IssuedAt) with { Verdict = verdict };
        Assert.Equal(isAsked, lists.SlotToAskAbout(judged) is not null);
    }

    [Fact]
    public void The_store_is_not_asked_about_what_another_country_signed()
    {
        var lists = new VerificationLists(new TrustedDscs([], [sample.Dsc]), null, null);
        var judged = lists.Verify(sample.Hc1(), HcertSample.IssuedAt);
        Assert.Equal((Verdict.Valid, null), (judged.Verdict, lists.SlotToAskAbout(judged)));
    }
}

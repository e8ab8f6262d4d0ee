using Issuer.Core.Identity;

namespace Issuer.Tests.Identity;

public sealed class ExemptCapTests
{
    [Theory]
    [InlineData(0, 20)]
    [InlineData(400, 20)]
    [InlineData(419, 20)]
    [InlineData(420, 21)]
    [InlineData(10_000, 500)]
    public void A_facility_may_claim_twenty_or_a_twentieth_of_its_records(long records, long expected) =>
        Assert.Equal(expected, ExemptCap.Default.Of(records));
}

using Issuer.Core;
using Issuer.Core.Identity;

namespace Issuer.Tests.Identity;

public sealed class MergeRuleTests
{
    const string Citizen = "VNM:079085000001";
    const string Old = "VNM:024000001";
    const string Passport = "P:KOR:M12345678";

    [Theory]
    [InlineData(Citizen, Old, null)]
    [InlineData(Citizen, Passport, null)]
    [InlineData(Old, Passport, null)]
    [InlineData(Citizen, "VNM:079085000002", "the registry knows these as two people")]
    [InlineData(Old, Citizen, "the one with the twelve-digit number must be kept")]
    [InlineData(Passport, Citizen, "the one with the twelve-digit number must be kept")]
    [InlineData(Citizen, "P:USA:079085000002", null)]
    public void Whoever_has_the_twelve_digit_number_stays_and_two_of_them_are_two_people(
        string kept, string merged, string? refused)
    {
        var rejection = MergeRule.Refuse([kept], [merged]);

        Assert.Equal(refused, rejection?.Detail);
        Assert.Equal(refused is null ? null : RejectionKind.Conflict, rejection?.Kind);
        Assert.Equal(refused, MergeRule.Refuse([Passport, kept], [Passport, merged])?.Detail);
    }
}

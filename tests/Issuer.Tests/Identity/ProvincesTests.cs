using Issuer.Core.Identity;

namespace Issuer.Tests.Identity;

public sealed class ProvincesTests
{
    [Fact]
    public void Sixty_three_provinces_became_thirty_four()
    {
        Assert.Equal(63, Provinces.Old.Count);
        Assert.Equal(34, Provinces.Old.Select(Provinces.Today).Distinct().Count());
    }

    [Fact]
    public void A_new_code_was_the_code_of_one_of_its_parts() => Assert.All(
        Provinces.Old.Select(Provinces.Today), code => Assert.Equal(code, Provinces.Today(code)));

    [Theory]
    [InlineData("27", "24", "24 27")]
    [InlineData("24", "24", "24 27")]
    [InlineData("77", "79", "74 77 79")]
    [InlineData("01", "01", "01")]
    [InlineData("99", "99", "99")]
    public void Old_and_new_codes_of_a_province_mean_the_same(string code, string today, string all)
    {
        Assert.Equal(today, Provinces.Today(code));
        Assert.Equal(all.Split(' '), Provinces.CodesOf(code).Order());
    }
}

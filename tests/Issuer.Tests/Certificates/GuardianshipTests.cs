using Issuer.Core.Certificates;

namespace Issuer.Tests.Certificates;

/// <summary>Until a child is sixteen, whoever's token lists it fetches its codes.</summary>
public sealed class GuardianshipTests
{
    [Theory]
    [InlineData("2010-12-01", true)]
    [InlineData("2010-11-30", false)]
    // Of a part of a date the oldest age is taken.
    [InlineData("2010-12", true)]
    [InlineData("2010-11", false)]
    [InlineData("2011", true)]
    [InlineData("2010", false)]
    [InlineData("", false)]
    public void The_day_of_the_sixteenth_birthday_ends_it(string born, bool may) =>
        Assert.Equal(may, Guardianship.MayFetch(born, new DateOnly(2026, 11, 30)));
}

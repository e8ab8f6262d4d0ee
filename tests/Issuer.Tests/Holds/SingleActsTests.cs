using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Revocation;

namespace Issuer.Tests.Holds;

/// <summary>How many acts that take something away one person and one facility may do alone on a day.</summary>
public sealed class SingleActsTests
{
    static readonly SingleActBudget Budget = new(PerPersonAndDay: 20, PerFacilityAndDay: 100);

    [Fact]
    public void Twenty_a_person_and_a_hundred_a_facility_are_shipped() => Assert.Equal(Budget, Given.SingleActBudget);

    [Theory]
    [InlineData(1L, null, null)]
    [InlineData(20L, null, null)]
    [InlineData(21L, null, "one person")]
    [InlineData(20L, 100L, null)]
    [InlineData(1L, 101L, "one facility")]
    [InlineData(21L, 101L, "one person")]
    public void Beyond_the_budget_it_is_refused_with_what_to_do(long byPerson, long? atFacility, string? whose)
    {
        var refused = SingleActs.Refuse(new SingleActUse(byPerson, atFacility), Budget);

        Assert.Equal(whose is null ? null : RejectionKind.TooOften, refused?.Kind);
        if (whose is not null)
        {
            Assert.StartsWith(whose, refused!.Detail, StringComparison.Ordinal);
            Assert.Contains("POST /v1/revocations", refused.Detail, StringComparison.Ordinal);
            Assert.Contains("ngày mai", refused.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("clerk-7")]
    [InlineData(" Clerk-7")]
    [InlineData("CLERK-7\u200b")]
    [InlineData("ｃｌｅｒｋ－７")]
    public async Task Every_spelling_of_a_person_is_counted_as_that_person(string subject)
    {
        var use = new Use();
        await new SingleActs(Budget, TimeSpan.Zero).SpendAsync(use, null, new Act(subject, Given.Now));
        Assert.Equal([("single-act CLERK-7", Given.Today)], use.Counted);
    }

    [Fact]
    public async Task The_day_is_Vietnams_and_the_facility_is_counted_after_the_person()
    {
        var use = new Use();
        var late = new Act("clerk", new DateTimeOffset(2026, 3, 1, 17, 0, 0, TimeSpan.Zero));
        Assert.Null(await Given.SingleActs.SpendAsync(use, "01-0001", late));
        Assert.Equal(
            [("single-act CLERK", Given.Today.AddDays(1)), ("single-act-at 01-0001", Given.Today.AddDays(1))],
            use.Counted);
    }

    [Fact]
    public async Task Who_is_over_their_own_budget_takes_none_of_the_facilitys()
    {
        var use = new Use { Used = 21 };
        Assert.NotNull(await Given.SingleActs.SpendAsync(use, "01-0001", Given.Act));
        Assert.Equal("single-act TEST", Assert.Single(use.Counted).Name);
    }

    [Theory]
    [InlineData(RevocationReason.Fraud, false)]
    [InlineData(RevocationReason.IssuedInError, false)]
    [InlineData(RevocationReason.WrongData, false)]
    [InlineData(RevocationReason.RecordWithdrawn, false)]
    [InlineData(RevocationReason.Duplicate, false)]
    [InlineData(RevocationReason.Leaked, true)]
    [InlineData(RevocationReason.HolderRequest, true)]
    [InlineData(RevocationReason.Deceased, false)]
    [InlineData(RevocationReason.Other, false)]
    public void Only_a_leak_and_a_holders_own_request_take_one_person(RevocationReason why, bool takesOne) =>
        Assert.Equal(takesOne, why.Rule().TakesOnePerson);

    sealed class Use : IDailyUse
    {
        public long Used { get; init; } = 1;

        public List<(string Name, DateOnly Day)> Counted { get; } = [];

        public Task<long> CountUseAsync(string name, DateOnly day)
        {
            Counted.Add((name, day));
            return Task.FromResult(Used);
        }
    }
}

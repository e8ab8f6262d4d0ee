using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Features.Identity;
using Issuer.Server.Hosting.Settings;

namespace Issuer.Server.Tests.Identity;

/// <summary>
/// The client against an exchange that works and against every way of not working, in simulated time.
/// </summary>
public sealed class ExchangeRegistryTests(StandInExchange exchange) : IClassFixture<StandInExchange>
{
    readonly SimulatedTime time = new(RunningService.Start);

    public static TheoryData<ExchangeMode> BadModes =>
        [.. Enum.GetValues<ExchangeMode>().Except([ExchangeMode.Right, ExchangeMode.HalfFailing])];

    [Fact]
    public async Task Right_and_wrong_come_per_field_and_in_order()
    {
        exchange.Mode = ExchangeMode.Right;
        using var registry = new ExchangeRegistry(exchange.Options, time);
        var right = QueryOf(Person.Hoa);
        RegistryQuery[] queries =
        [
            right, right with { Sex = Sex.Male, DateOfBirth = PartialDate.Parse("1985") },
            right with { FullName = "nguyen thi hoa" }, right with { Number = "001185000009" },
            right with { Number = "HC-12" },
        ];

        var answers = await registry.LookUpAsync(queries, default);

        Assert.Equal("Thị Hòa", answers[0]!.Person!.GivenName);
        Assert.Equal(IdentityFields.Sex | IdentityFields.DateOfBirth, answers[1]!.Wrong);
        Assert.Equal(new RegistryAnswer(IdentityFields.Name, null, NameDiffersInMarksOnly: true), answers[2]);
        Assert.Equal([RegistryAnswer.NotFound, RegistryAnswer.NotFound], answers.Skip(3));
    }

    [Theory]
    [MemberData(nameof(BadModes))]
    public async Task No_failure_is_an_answer_or_an_exception_and_the_circuit_opens_within_5_seconds(ExchangeMode mode)
    {
        exchange.Mode = mode;
        using var registry = new ExchangeRegistry(exchange.Options, time);

        var looking = registry.LookUpAsync(Many(200), default);
        await time.Until(() => registry.IsAway, TimeSpan.FromSeconds(5));
        Assert.All(await time.UntilDone(looking), Assert.Null);
        var asked = exchange.Queries.Count;
        Assert.All(await registry.LookUpAsync(Many(200), default), Assert.Null);
        Assert.Equal(asked, exchange.Queries.Count);
    }

    [Fact]
    public async Task A_half_failing_exchange_is_asked_again_and_answers_rightly_or_not_at_all()
    {
        exchange.Mode = ExchangeMode.HalfFailing;
        using var registry = new ExchangeRegistry(exchange.Options, time);
        var answers = await time.UntilDone(registry.LookUpAsync(Many(100), default));
        Assert.Contains(answers, answer => answer is not null);
        Assert.All(answers.Where(a => a is not null), answer => Assert.Equal(IdentityFields.None, answer!.Wrong));
    }

    [Fact]
    public async Task When_the_exchange_is_back_a_probe_closes_the_circuit()
    {
        exchange.Mode = ExchangeMode.Gone;
        using var registry = new ExchangeRegistry(exchange.Options, time);
        await time.UntilDone(registry.LookUpAsync(Many(100), default));
        exchange.Mode = ExchangeMode.Right;
        time.Advance(exchange.Options.Break);

        Assert.NotNull(Assert.Single(await registry.LookUpAsync(Many(1), default)));
        Assert.False(registry.IsAway);
        Assert.All(await registry.LookUpAsync(Many(50), default), Assert.NotNull);
    }

    [Fact]
    public async Task A_wrong_token_of_ours_leaves_everything_pending()
    {
        exchange.Mode = ExchangeMode.Right;
        using var registry = new ExchangeRegistry(exchange.Options with { Token = "old" }, time);
        Assert.All(await time.UntilDone(registry.LookUpAsync(Many(50), default)), Assert.Null);
        Assert.True(registry.IsAway);
    }

    [Fact]
    public async Task Who_cancels_is_told_so()
    {
        exchange.Mode = ExchangeMode.Slow;
        using var registry = new ExchangeRegistry(exchange.Options, time);
        using var cancel = new CancellationTokenSource();
        var looking = registry.LookUpAsync(Many(50), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);
    }

    [Theory]
    [InlineData("http://exchange.example/", "t")]
    [InlineData("not an address", "t")]
    [InlineData("https://exchange.example/", null)]
    public void A_setting_that_would_not_work_or_tell_everybody_is_refused(string url, string? token) =>
        Assert.Single(new RegistrySettings { Url = url, Token = token, UnitCode = "x" }.Faults());

    [Fact]
    public void Without_an_address_there_is_no_exchange() => Assert.Null(ExchangeOptions.From(new RegistrySettings()));

    static RegistryQuery[] Many(int number) => [.. Enumerable.Repeat(QueryOf(Person.Hoa), number)];

    static RegistryQuery QueryOf(Person person) => new(
        IdentityType.Cccd, person.Number, $"{person.FamilyName} {person.GivenName}", person.Sex,
        PartialDate.Parse(person.Born));
}

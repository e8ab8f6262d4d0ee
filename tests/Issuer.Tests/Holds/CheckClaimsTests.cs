using Issuer.Core;
using Issuer.Core.Holds;

namespace Issuer.Tests.Holds;

/// <summary>How many guesses the registry answers (design.md 4.20).</summary>
public class CheckClaimsTests
{
    const string Here = "here";

    static readonly RegistryBudget Budget = new(
        PerNumber: 5, PerPerson: 10, Days: 30, PerCallerAndDay: 2000, AlarmAtFacilities: 20, CleaningListDays: 30,
        ReleasesPerPersonAndDay: 50);

    static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    readonly ClaimsInMemory rows = new();

    [Fact]
    public void The_figures_of_the_issue_are_shipped() => Assert.Equal(Budget, Given.RegistryBudget);

    /// <summary>Days from the first claim until the answer to each of the claims for one number, sent in one go.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(6, 0)]
    [InlineData(7, 30)]
    [InlineData(11, 30)]
    [InlineData(12, 60)]
    public async Task Five_more_persons_for_a_number_are_answered_in_thirty_days(int claim, int days)
    {
        var answers = await EnterAsync([.. Enumerable.Range(1, 12).Select(person => new Claim(1, person))]);

        Assert.Equal(days, DaysOf(answers[claim - 1]));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(11, 0)]
    [InlineData(12, 30)]
    [InlineData(21, 30)]
    [InlineData(22, 60)]
    public async Task Ten_more_numbers_for_a_person_are_answered_in_thirty_days(int claim, int days)
    {
        var answers = await EnterAsync([.. Enumerable.Range(1, 22).Select(number => new Claim(number, 1))]);

        Assert.Equal(days, DaysOf(answers[claim - 1]));
    }

    [Fact]
    public async Task It_is_the_same_one_by_one_and_all_at_once()
    {
        var claims = Enumerable.Range(1, 40).Select(n => new Claim(n % 3, n % 7)).ToList();
        var atOnce = await EnterAsync([.. claims]);
        var others = new ClaimsInMemory();

        foreach (var (claim, answer) in claims.Zip(atOnce))
        {
            Assert.Equal(answer, Assert.Single(await EnterAsync(others, Given.Now, "clerk", Here, [[claim]])));
        }
    }

    [Fact]
    public async Task What_was_claimed_before_is_not_counted_again_and_waits_as_long_as_it_waited()
    {
        var claims = Enumerable.Range(1, 7).Select(person => new Claim(1, person)).ToArray();
        var first = await EnterAsync(claims);

        var second = await EnterAsync(claims);
        var third = await EnterAsync(Given.Now.AddDays(30), claims);

        Assert.Equal(first, second);
        Assert.Equal(7, rows.Kept.Count);
        Assert.All(third, answer => Assert.Null(answer.From));
    }

    /// <summary>The window goes with every claim, not with the calendar.</summary>
    [Fact]
    public async Task Room_comes_back_when_a_claim_is_thirty_days_old()
    {
        await EnterAsync([.. Enumerable.Range(1, 3).Select(person => new Claim(1, person))]);
        await EnterAsync(Given.Now.AddDays(10), [.. Enumerable.Range(4, 3).Select(person => new Claim(1, person))]);

        var later = await EnterAsync(
            Given.Now.AddDays(30), [.. Enumerable.Range(7, 3).Select(person => new Claim(1, person))]);

        Assert.Equal(
            [null, null, Given.Now.AddDays(40)], later.Select(answer => answer.From));
    }

    [Fact]
    public async Task Another_facility_s_guesses_make_nobody_wait()
    {
        await EnterAsync(rows, Given.Now, "thief", "there", [.. Enumerable.Range(1, 50).Select(p => Of(1, 1000 + p))]);

        Assert.Equal(new ClaimAnswer(null, false), Assert.Single(await EnterAsync(new Claim(1, 1))));
    }

    [Fact]
    public async Task Twenty_facilities_that_claim_one_number_alarm_and_nobody_waits()
    {
        var answers = new List<ClaimAnswer>();
        for (var n = 1; n <= 21; n++)
        {
            answers.AddRange(await EnterAsync(rows, Given.Now, "clerk", $"f{n}", [Of(1, n)]));
        }

        Assert.All(answers, answer => Assert.Null(answer.From));
        Assert.Equal([20, 21], answers.Index().Where(answer => answer.Item.IsAlarming).Select(answer => answer.Index + 1));
        // Only what is new at a facility alarms.
        Assert.False(Assert.Single(await EnterAsync(rows, Given.Now, "clerk", "f1", [Of(1, 500)])).IsAlarming);
        // And only what was claimed within the days.
        Assert.False(Assert.Single(
            await EnterAsync(rows, Given.Now.AddDays(31), "clerk", "f99", [Of(1, 600)])).IsAlarming);
    }

    [Fact]
    public async Task First_claims_cost_a_caller_nothing_and_two_thousand_further_ones_a_day_are_answered()
    {
        await EnterAsync([.. Enumerable.Range(1, 5000).Select(n => new Claim(n, n))]);
        Assert.Empty(rows.Used);

        // 16:00 in Vietnam; the next day begins at 17:00 UTC.
        var at = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        var answers = await EnterAsync(at, [.. Enumerable.Range(1, 5000).Select(n => new Claim(10_000 + n, n))]);

        var midnight = new DateTimeOffset(2026, 3, 1, 17, 0, 0, TimeSpan.Zero);
        Assert.All(answers.Take(2000), answer => Assert.Null(answer.From));
        Assert.All(answers.Skip(2000).Take(2000), answer => Assert.Equal(midnight, answer.From));
        Assert.All(answers.Skip(4000), answer => Assert.Equal(midnight.AddDays(1), answer.From));
        // What waits takes the room of the days on which it is answered.
        var next = await EnterAsync(midnight, [.. Enumerable.Range(1, 1001).Select(n => new Claim(20_000 + n, n))]);
        Assert.Equal(midnight.AddDays(1), next[0].From);
        Assert.Equal(midnight.AddDays(2), next[1000].From);
        Assert.Null((await EnterAsync(midnight.AddDays(9), new Claim(90_000, 1)))[0].From);
    }

    [Fact]
    public async Task However_a_token_spells_a_caller_they_have_one_budget()
    {
        await EnterAsync([.. Enumerable.Range(1, 2001).Select(n => new Claim(n, n))]);
        Claim[] further = [.. Enumerable.Range(1, 2001).Select(n => new Claim(10_000 + n, n))];
        await EnterAsync(rows, Given.Now, "Clerk", Here, [.. further[..2000].Select(c => new[] { c })]);

        Assert.NotNull((await EnterAsync(rows, Given.Now, " clerk", Here, [[further[2000]]]))[0].From);
        Assert.Null((await EnterAsync(rows, Given.Now, "colleague", Here, [Of(30_000, 5)]))[0].From);
    }

    [Fact]
    public async Task A_cleaning_list_is_drawn_on_after_the_day_s_budget_and_not_before()
    {
        rows.Left[Here] = 1500;
        await EnterAsync([.. Enumerable.Range(1, 4000).Select(n => new Claim(n, n))]);

        var answers = await EnterAsync([.. Enumerable.Range(1, 4000).Select(n => new Claim(10_000 + n, n))]);

        Assert.Equal(0, rows.Left[Here]);
        Assert.All(answers.Take(3500), answer => Assert.Null(answer.From));
        Assert.All(answers.Skip(3500), answer => Assert.NotNull(answer.From));
        // What came from the list takes nothing from the days that follow.
        Assert.Equal(2500, Assert.Single(rows.Used).Value.Used);
    }

    [Fact]
    public async Task A_number_that_can_be_meant_in_two_ways_waits_for_the_later_and_what_only_suggests_waits_by_itself()
    {
        await EnterAsync([.. Enumerable.Range(1, 6).Select(person => new Claim(2, person))]);
        var two = new ClaimingRecord([new Claim(1, 7), new Claim(2, 7)], Here, Given.Act);
        var form = two with { Claims = [new Claim(1, 8), new Claim(2, 8)], OnlySuggests = true };

        var answers = await Rule.EnterAsync(rows, [two, form]);

        Assert.Equal([Given.Now.AddDays(30), null], answers.Select(answer => answer.From));
        Assert.Equal(10, rows.Kept.Count);
    }

    [Fact]
    public async Task Nobody_is_asked_for_what_claims_nothing()
    {
        Assert.Equal([new ClaimAnswer(null, false)], await EnterAsync(rows, Given.Now, "clerk", Here, [[]]));
        Assert.Equal(0, rows.Asked);
    }

    static CheckClaims Rule => new(Budget, Vietnam);

    static Claim[] Of(long number, long person) => [new Claim(number, person)];

    static int DaysOf(ClaimAnswer answer) => answer.From is { } from ? (int)(from - Given.Now).TotalDays : 0;

    Task<IReadOnlyList<ClaimAnswer>> EnterAsync(params Claim[] claims) => EnterAsync(Given.Now, claims);

    Task<IReadOnlyList<ClaimAnswer>> EnterAsync(DateTimeOffset at, params Claim[] claims) =>
        EnterAsync(rows, at, "clerk", Here, [.. claims.Select(claim => new[] { claim })]);

    static Task<IReadOnlyList<ClaimAnswer>> EnterAsync(
        ClaimsInMemory rows, DateTimeOffset at, string caller, string facility, IEnumerable<Claim[]> records) =>
        Rule.EnterAsync(
            rows, [.. records.Select(claims => new ClaimingRecord(claims, facility, new Act(caller, at)))]);
}

using System.Net;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Features.Identity;

namespace Issuer.Server.Tests.Identity;

/// <summary>The service while the registry is away: only matching waits.</summary>
public sealed class RegistryOutageTests(StandInExchange exchange) : IClassFixture<StandInExchange>
{
    public static TheoryData<ExchangeMode> BadModes => [.. Enum.GetValues<ExchangeMode>().Except([ExchangeMode.Right])];

    [Theory]
    [MemberData(nameof(BadModes))]
    public async Task Records_enter_nothing_unmatched_is_issued_and_the_backlog_drains(ExchangeMode mode)
    {
        var service = new RunningService
        {
            Exchange =
                exchange.Options with { Break = TimeSpan.FromMilliseconds(500), TryTimeout = TimeSpan.FromSeconds(1) },
        };
        await service.InitializeAsync();
        try
        {
            exchange.Mode = mode;
            using var clerk = service.Clerk();
            await clerk.SubmitAsync(Doses(0, 60), HttpStatusCode.OK);
            var round = service.RoundAsync();
            await clerk.SubmitAsync(Person.Hoa.Dose("meanwhile", 1, "2026-08-01"));
            await round;
            // Half failing lets some through, and those are right.
            Assert.DoesNotContain(
                await StatesAsync(clerk), s => s != "pending" && !(mode == ExchangeMode.HalfFailing && s == "matched"));

            exchange.Mode = ExchangeMode.Right;
            // On a busy machine a try may take longer than it may, and the registry is left alone once more.
            await Eventually.TrueAsync(
                async () =>
                {
                    await service.RoundAsync();
                    return (await StatesAsync(clerk)).All(state => state == "matched");
                },
                "all that waited is matched");
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_record_enters_while_a_round_waits_for_the_registry()
    {
        var slow = new StandInExchange { Mode = ExchangeMode.Slow };
        await slow.InitializeAsync();
        var service = new RunningService { Exchange = slow.Options with { TryTimeout = Eventually.Longest } };
        await service.InitializeAsync();
        try
        {
            using var clerk = service.Clerk();
            await clerk.SubmitAsync(Person.Hoa.Dose("first", 1, "2026-08-01"));
            var round = service.RoundAsync();
            await Eventually.TrueAsync(() => !slow.Queries.IsEmpty, "the registry is asked");
            await clerk.SubmitAsync(Person.Duc.Dose("meanwhile", 1, "2026-08-01"));
            Assert.False(round.IsCompleted);
            slow.Release();
            await round.EndsAsync();
            Assert.Equal(2, (await StatesAsync(clerk)).Count);
            Assert.Contains("matched", await StatesAsync(clerk));
        }
        finally
        {
            await service.DisposeAsync();
            await slow.DisposeAsync();
        }
    }

    [Fact]
    public async Task After_ten_minutes_without_a_registry_everything_that_waited_is_matched()
    {
        var service = new RunningService();
        await service.InitializeAsync();
        try
        {
            using var clerk = service.Clerk();
            await clerk.SubmitAsync(Doses(0, 1000), HttpStatusCode.OK);
            await clerk.SubmitAsync(Doses(1000, 500), HttpStatusCode.OK);
            var time = new SimulatedTime(RunningService.Start);
            using var registry = new ExchangeRegistry(exchange.Options, time);
            var match = new MatchRecords(
                service.Get<IIdentityStore>(), registry, service.Get<ClaimDigests>());
            exchange.Mode = ExchangeMode.Gone;
            var before = exchange.Queries.Count;
            while (time.Passed < TimeSpan.FromMinutes(10))
            {
                var away = await time.UntilDone(match.RunAsync(service.Act("test"), null, default));
                Assert.Equal(0, away.Total - away.ByState[RecordState.Pending]);
                time.Advance(TimeSpan.FromSeconds(15));
            }
            Assert.InRange(exchange.Queries.Count - before, 1, 500);

            exchange.Mode = ExchangeMode.Right;
            long matched = 0;
            for (var round = 0; round < 3; round++)
            {
                var counts = await match.RunAsync(service.Act("test"), null, default);
                matched += counts.ByState[RecordState.Matched];
            }
            Assert.Equal(1500, matched);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    static object[] Doses(int first, int number) =>
        [.. Enumerable.Range(first, number).Select(i => Person.Duc.Dose($"backlog-{i}", 1, "2026-08-01"))];

    static async Task<IReadOnlyList<string>> StatesAsync(HttpClient clerk) =>
    [
        .. (await clerk.GetAsync("/v1/records?limit=200").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records").EnumerateArray().Select(r => r.GetProperty("state").GetString()!),
    ];
}

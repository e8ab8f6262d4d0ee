using Issuer.Benchmarks;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;

namespace Issuer.Server.Tests;

public sealed class BenchLifetimeTests
{
    [Fact]
    public async Task At_every_midnight_of_a_year_exactly_those_who_are_entitled_have_a_certificate()
    {
        var directory = Directory.CreateTempSubdirectory("issuer-lifetime-").FullName;
        var clock = new SteppedClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(7)));
        await using (var issuer = await Opened.DevelopmentAsync(directory, clock))
        {
            await issuer.Get<EnterStore>().RunAsync(default);
            await using var database = await Database.OpenAsync(null, directory, default);

            var figures = await new BenchLifetime(issuer, clock, new LifetimeChecks(database)).RunAsync(
                people: 60, years: 1, seed: 3, _ => { }, default);

            Assert.Equal(0, figures.WrongMidnights);
            Assert.Empty(figures.Violations);
            Assert.True(
                figures is { Regenerated: > 0, NewDoses: > 0, Corrections: > 0, Withdrawals: > 0, Leaks: > 0 },
                $"{figures}");
        }
        Directory.Delete(directory, recursive: true);
    }
}

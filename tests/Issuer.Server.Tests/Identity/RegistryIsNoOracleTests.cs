using System.Net;
using Issuer.Core.Identity;

namespace Issuer.Server.Tests.Identity;

/// <summary>
/// A facility that knows a number tries to learn the rest from answers and suggestions (design.md 4.20).
/// </summary>
public sealed class RegistryIsNoOracleTests(StandInExchange exchange) : IClassFixture<StandInExchange>
{
    static readonly string[] GuessedNames = ["Lê Văn Hùng", "Nguyen Thi Hoa", "Thị Hòa Nguyễn", "Nguyễn Thị Hoà"];
    static readonly string[] GuessedDates = ["1985-12-03", "1985-01-01", "1985", "1985-03-11"];

    [Fact]
    public async Task Guesses_about_a_known_number_bring_back_only_what_was_sent()
    {
        // However slow the machine is, the stand-in answers in time.
        var service = new RunningService { Exchange = exchange.Options with { TryTimeout = Eventually.Longest } };
        await service.InitializeAsync();
        try
        {
            using var clerk = service.Clerk();
            var guesses = GuessedNames.SelectMany(name => GuessedDates.Select(born => (name, born))).ToList();
            await clerk.SubmitAsync(
                guesses.Select((guess, i) => Guess($"guess-{i}", guess.name, guess.born)).ToArray(), HttpStatusCode.OK);
            await service.RoundAsync();
            var told = await clerk.GetStringAsync("/v1/records?limit=200");
            Assert.Contains("mismatched", told, StringComparison.Ordinal);
            // All that is hidden: how the name is really written, and the day.
            foreach (var secret in new[] { "Hòa", "Nguyễn", "Thị", Person.Hoa.Born, "12/03", Person.Hoa.Number })
            {
                Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
            }
            // And what was asked on the facility's behalf is made of what it sent, letter for letter.
            Assert.All(exchange.Queries, query => Assert.Contains(
                guesses, guess => IsMadeOf(query.GetProperty("HoVaTen").GetString()!, guess.name)
                    && IsMadeOf(query.GetProperty("NgayThangNamSinh").GetString()!, guess.born)));
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    static Dictionary<string, object?> Guess(string reference, string name, string born)
    {
        var dose = Person.Hoa.Dose(reference, 1, "2026-08-01");
        dose.Remove("family_name");
        dose.Remove("given_name");
        dose["full_name"] = name;
        dose["date_of_birth"] = born;
        return dose;
    }

    static bool IsMadeOf(string asked, string sent) =>
        NameKey.WithoutMarks(asked).Order().SequenceEqual(NameKey.WithoutMarks(sent).Order())
        && asked.Where(char.IsAsciiDigit).Order().SequenceEqual(sent.Where(char.IsAsciiDigit).Order());
}

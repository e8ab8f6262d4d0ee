using System.Globalization;
using System.Text.RegularExpressions;
using Issuer.Core.Certificates;
using Issuer.Core.Records;

namespace Issuer.Tests.Certificates;

/// <summary>
/// Courses and decisions as text, so that tests read like the table of design.md. A dose is a product, then what was
/// typed: <c>#3</c> its number, <c>+</c> booster, <c>=</c> primary, <c>?</c> unsigned but relied on by a statement over a
/// later dose, <c>-</c> unsigned and turned up after all statements, <c>!</c> under suspicion, <c>^</c>
/// confirmed by its facility, <c>@5</c> so many days
/// after the dose before (30 without). <c>_</c> is a dose that is not here.
/// </summary>
static partial class Course
{
    static readonly DateOnly Begin = new(2021, 10, 1);

    /// <summary>Numbers and products alone: every course is believed.</summary>
    public static CertificationPolicy Policy { get; } =
        Given.Certification with { Plausibility = PlausibilityPolicy.None };

    public static CertificationPolicy EveryDose { get; } = Policy with { Attestation = AttestationPolicy.EveryDose };

    /// <param name="born">Null: not known.</param>
    public static List<Dose> Parse(string course, string? born = null)
    {
        var doses = new List<Dose>();
        var on = Begin;
        foreach (var word in course.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = Word().Match(word);
            Assert.True(parts.Success, word);
            var days = parts.Groups["days"];
            on = on.AddDays(days.Success ? int.Parse(days.Value, CultureInfo.InvariantCulture) : 30);
            var marks = parts.Groups["marks"].Value;
            if (word[0] != '_')
            {
                var typed = parts.Groups["number"];
                doses.Add(new Dose(
                    doses.Count + 1, "79001", ProductOf(parts.Groups["product"].Value),
                    typed.Success ? int.Parse(typed.Value, CultureInfo.InvariantCulture) : null,
                    marks.Contains('+') ? DoseKind.Booster : marks.Contains('=') ? DoseKind.Primary : null,
                    on, IsAttested: !marks.Contains('?') && !marks.Contains('-'), IsHeld: marks.Contains('!'))
                {
                    IsReliedOn = !marks.Contains('-'), IsConfirmed = marks.Contains('^'),
                    Born = born is null ? null : PartialDate.Parse(born),
                });
            }
        }
        return doses;
    }

    /// <summary><c>2/2 AZ</c>, or <c>refused: </c> and every reason.</summary>
    public static string Describe(Decision decision) => decision.Entitlement is { } entitlement
        ? $"{entitlement.DoseNumber}/{entitlement.SeriesDoses} {NameOf(entitlement.Product.Code)}"
        : $"refused: {string.Join(", ", decision.Refusals.Select(r => r.ToString()))}";

    /// <summary>Each question with the doses it is about, as places in the course: <c>close-doses 1 2</c>.</summary>
    public static string DescribeQuestions(Decision decision) => string.Join(", ", decision.Questions.Select(
        q => $"{new Refusal(q.Reason, q.Missing)} of {string.Join(' ', q.Records)}"));

    public static string ProductOf(string name) => name switch
    {
        "AZ" => "EU/1/21/1529",
        "Vero" => "BBIBP-CorV",
        "Sputnik" => "Sputnik-V",
        "Hayat" => "Hayat-Vax",
        "Covaxin" => "Covaxin",
        _ => Policy.FindProduct(name)!.Code,
    };

    static string NameOf(string code) =>
        new[] { "AZ", "Pfizer", "Moderna", "Vero", "Sputnik", "Hayat", "Janssen", "Abdala" }
            .Single(name => ProductOf(name) == code);

    [GeneratedRegex("^(?<product>[A-Za-z]+|_)(#(?<number>[0-9]))?(?<marks>[-+=?!^]*)(@(?<days>[0-9]+))?$")]
    private static partial Regex Word();
}

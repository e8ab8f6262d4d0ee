namespace Issuer.Core.Certificates;

/// <summary>What somebody must look at: a question, which holds nobody up who is not in it.</summary>
/// <param name="Reason">Two doses contradict each other or are too close, or doses are missing.</param>
/// <param name="Records">The doses that it is about: the last of them raised it.</param>
/// <param name="Missing">The lowest number that no dose has, when that is the question.</param>
public sealed record CourseQuestion(DecisionReason Reason, IReadOnlyList<long> Records, int? Missing = null)
{
    /// <summary>The dose counts all the same: the clerk is only told.</summary>
    public bool IsWarning { get; init; }
}

/// <summary>
/// What is asked about a person's doses, signed or not: the clerk who typed them answers by a correction, or by saying
/// that two of them are one. Pure.
/// </summary>
public static class AskAboutCourse
{
    /// <param name="doses">By day and record; none is held.</param>
    /// <returns>At most one for each dose.</returns>
    public static IReadOnlyList<CourseQuestion> Of(IReadOnlyList<Dose> doses, CertificationPolicy policy)
    {
        var implausible = CheckPlausibility.Of(doses, policy.Plausibility);
        var waiting = implausible.Where(finding => finding.Waits).Select(finding => finding.Dose).ToHashSet();
        var questions = AboutNumbers([.. doses.Where(dose => !waiting.Contains(dose))], policy);
        var asked = questions.Select(question => question.Records[^1]).ToHashSet();
        return [.. questions, .. implausible.Where(finding => !asked.Contains(finding.Dose.RecordId)).Select(AskAbout)];
    }

    static CourseQuestion AskAbout(ImplausibleDose finding) => new(
        finding.Reason,
        finding.Before is { } before ? [before.RecordId, finding.Dose.RecordId] : [finding.Dose.RecordId])
    {
        IsWarning = !finding.Waits,
    };

    static List<CourseQuestion> AboutNumbers(List<Dose> doses, CertificationPolicy policy)
    {
        var elsewhere = CountDoses.MostElsewhere(policy.Attestation);
        var questions = new List<CourseQuestion>();
        var before = new List<Dose>();
        var number = 0;
        Dose? last = null;
        foreach (var dose in doses)
        {
            if (ContradictionOf(dose, before, last, number + 1) is { } contradiction)
            {
                // What comes after a dose that is asked about is counted as if it were not there.
                questions.Add(contradiction);
            }
            else
            {
                var isLoneBooster = last is null && dose.AddsToCompleteCourse;
                var least = isLoneBooster ? 2 : number + 1;
                var skipped = Math.Max(least, dose.Number ?? least) - (number + 1);
                if (isLoneBooster || skipped > elsewhere)
                {
                    questions.Add(new CourseQuestion(DecisionReason.MissingDose, [dose.RecordId], number + 1));
                }
                if (isLoneBooster || skipped <= elsewhere)
                {
                    (number, last, elsewhere) = (number + 1 + skipped, dose, elsewhere - skipped);
                }
            }
            before.Add(dose);
        }
        return questions;
    }

    static CourseQuestion? ContradictionOf(Dose dose, List<Dose> before, Dose? last, int next)
    {
        if (before.Find(b => CountDoses.AreClose(b, dose)) is { } close)
        {
            return new CourseQuestion(DecisionReason.CloseDoses, [close.RecordId, dose.RecordId]);
        }
        var other = before.Find(b => CountDoses.AreOnOneDay(b, dose))
            ?? (CountDoses.FallsBehind(dose, next) ? last : null);
        return other is null
            ? null
            : new CourseQuestion(DecisionReason.ConflictingDoses, [other.RecordId, dose.RecordId]);
    }
}

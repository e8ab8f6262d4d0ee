using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>
/// A record that does not match may be offered a transformation of what was sent that would (design.md 4.20). Every
/// candidate is made from the record alone and then asked for; where that is impossible only the kind is told. So no
/// value of the registry can leak, and how much can be guessed at is limited here and in the store.
/// </summary>
public static class SuggestCorrection
{
    /// <summary>One number of twelve digits has 108 others one digit off.</summary>
    public const int MostLookUps = 120;

    /// <summary>
    /// Somebody who corrects a record again and again is guessing: later versions get no suggestions.
    /// </summary>
    public const int LastVersion = 3;

    /// <summary>
    /// How many wrong numbers a facility may send for one claimed person before a digit off is no longer told. A slip
    /// is made once; whoever sends a fourth number is looking for one.
    /// </summary>
    public const int MostNumbersOfAPerson = 3;

    const int BatchSize = 1000;

    /// <summary>A suggestion of another number: one that guessing could wring from us.</summary>
    public static bool TellsANumber(MatchedRecord result) =>
        result.Suggestion is { Kind: SuggestionKinds.DigitOff, Corrected: { } corrected }
        && corrected.IdentityNumber != result.Record.Record.IdentityNumber;

    /// <param name="deniedNumbers">That the facility has sent for the claimed person, this one among them.</param>
    public static bool IsProbing(int deniedNumbers) => deniedNumbers > MostNumbersOfAPerson;

    /// <returns>The suggestion for each record that has one, by record id.</returns>
    public static async Task<IReadOnlyDictionary<long, Suggestion>> ForAsync(
        IPopulationRegistry registry, IEnumerable<MatchedRecord> results, CancellationToken cancel)
    {
        var waiting = results.Where(r => r.Record.Version <= LastVersion).ToList();
        var found = new Dictionary<long, Suggestion>();
        var candidates = waiting.SelectMany(
            r => CandidatesOf(r).Take(MostLookUps).Select(suggestion => (r.Record.Id, Suggestion: suggestion)));
        foreach (var batch in candidates.Chunk(BatchSize))
        {
            var answers = await registry.LookUpAsync(
                [.. batch.Select(c => DecideMatch.QueryOf(c.Suggestion.Corrected!) with { ByNumberOnly = true })],
                cancel);
            foreach (var ((id, suggestion), answer) in batch.Zip(answers))
            {
                if (answer?.Person is not null)
                {
                    found.TryAdd(id, suggestion);
                }
            }
        }
        foreach (var result in waiting)
        {
            if (ToldOf(result) is { } kind)
            {
                found.TryAdd(result.Record.Id, new Suggestion(kind, null));
            }
        }
        return found;
    }

    /// <summary>Only transformations of the one field that differs; two wrong fields want a person's eye.</summary>
    static IEnumerable<Suggestion> CandidatesOf(MatchedRecord result) => (result.State, result.Differs) switch
    {
        (RecordState.BadIdFormat, _) => NumberTransformations.OfForm(result.Record.Record),
        (RecordState.NotFound, _) => NumberTransformations.OfNumber(result.Record.Record),
        (RecordState.Mismatched, IdentityFields.Name) => NameTransformations.Of(result.Record.Record),
        (RecordState.Mismatched, IdentityFields.DateOfBirth) => NumberTransformations.OfDate(result.Record.Record),
        (RecordState.Mismatched, IdentityFields.IdentityNumber) => NumberTransformations.OfNumber(result.Record.Record),
        _ => [],
    };

    /// <summary>
    /// The kinds without a value. The registry says of a name only yes or no, and all the marks a name could carry are
    /// too many to ask for; who the nine-digit number became is nobody's to learn from us.
    /// </summary>
    static string? ToldOf(MatchedRecord result) => (result.State, result.Differs) switch
    {
        (RecordState.Mismatched, IdentityFields.Name) when result.NameDiffersInMarksOnly => SuggestionKinds.Diacritics,
        (RecordState.Mismatched, IdentityFields.IdentityNumber)
            when result.Record.Record.IdentityType == IdentityType.Cmnd => SuggestionKinds.NumberSuperseded,
        _ => null,
    };
}

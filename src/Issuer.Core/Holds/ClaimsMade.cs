namespace Issuer.Core.Holds;

/// <summary>A claim that was not made at the facility before.</summary>
/// <param name="NumberPlace">Among the claims for the number at the facility, from 1 on.</param>
/// <param name="PersonPlace">Among the claims for the person there.</param>
public sealed record PlacedClaim(Claim Claim, ClaimingRecord Record, long NumberPlace, long PersonPlace)
{
    public Act Act => Record.Act;

    public bool IsCounted => NumberPlace > 1 || PersonPlace > 1;
}

/// <summary>The same with the moment from which on the registry may be asked.</summary>
public sealed record AnsweredClaim(PlacedClaim Placed, DateTimeOffset AnswerAt);

/// <summary>A claim as it was kept.</summary>
public sealed record KeptClaim(
    Claim Claim, string Facility, long NumberPlace, long PersonPlace, DateTimeOffset AnswerAt);

/// <summary>
/// The claims for some numbers and of some persons, and those that are added to them. Each takes its turn after the
/// ones before: within the days of the budget never more are answered than the budget allows, however many are sent.
/// </summary>
sealed class ClaimsMade
{
    /// <summary>No calendar goes much further.</summary>
    static readonly DateTimeOffset Furthest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly RegistryBudget budget;
    readonly Dictionary<Claim, DateTimeOffset> answers = [];
    readonly Dictionary<(long Number, string Facility), List<DateTimeOffset>> ofNumber = [];
    readonly Dictionary<long, List<DateTimeOffset>> ofPerson = [];

    /// <param name="kept">All that there are of these numbers and persons at the facility.</param>
    public ClaimsMade(RegistryBudget budget, IReadOnlyList<KeptClaim> kept)
    {
        this.budget = budget;
        foreach (var claim in kept.OrderBy(claim => claim.NumberPlace))
        {
            answers[claim.Claim] = claim.AnswerAt;
            SeriesOf(ofNumber, (claim.Claim.Number, claim.Facility)).Add(claim.AnswerAt);
        }
        foreach (var claim in kept.OrderBy(claim => claim.PersonPlace))
        {
            SeriesOf(ofPerson, claim.Claim.Person).Add(claim.AnswerAt);
        }
    }

    /// <summary>Those of the record's claims that are new, in the order in which they come.</summary>
    public IEnumerable<PlacedClaim> Place(ClaimingRecord record)
    {
        // A list, so that one who asks twice does not add twice.
        var placed = new List<PlacedClaim>();
        foreach (var claim in record.Claims.Where(claim => answers.TryAdd(claim, record.Act.At)))
        {
            var number = SeriesOf(ofNumber, (claim.Number, record.Facility));
            var person = SeriesOf(ofPerson, claim.Person);
            number.Add(record.Act.At);
            person.Add(record.Act.At);
            placed.Add(new PlacedClaim(claim, record, number.Count, person.Count));
        }
        return placed;
    }

    /// <summary>In the order in which they were placed.</summary>
    /// <param name="earliest">When the caller's own budget allows it.</param>
    public AnsweredClaim Answer(PlacedClaim placed, DateTimeOffset earliest)
    {
        var number = ofNumber[(placed.Claim.Number, placed.Record.Facility)];
        var person = ofPerson[placed.Claim.Person];
        DateTimeOffset[] moments =
        [
            earliest, TurnOf(number, placed.NumberPlace, budget.PerNumber),
            TurnOf(person, placed.PersonPlace, budget.PerPerson),
        ];
        var at = moments.Max();
        answers[placed.Claim] = number[(int)placed.NumberPlace - 1] = person[(int)placed.PersonPlace - 1] = at;
        return new AnsweredClaim(placed, at);
    }

    /// <summary>Null: nothing that the record claims makes it wait.</summary>
    public DateTimeOffset? AnswerFrom(ClaimingRecord record) => record.OnlySuggests ? null : record.Claims
        .Select(claim => answers[claim]).Where(at => at > record.Act.At).Select(at => (DateTimeOffset?)at).Max();

    /// <summary>
    /// When the claim leaves the days of the budget that is so many places before; the first of all is not counted.
    /// </summary>
    DateTimeOffset TurnOf(List<DateTimeOffset> series, long place, int most)
    {
        if (place - most < 2)
        {
            return DateTimeOffset.MinValue;
        }
        var before = series[(int)(place - most) - 1];
        return before > Furthest ? before : before.AddDays(budget.Days);
    }

    static List<DateTimeOffset> SeriesOf<TKey>(Dictionary<TKey, List<DateTimeOffset>> all, TKey key)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var series))
        {
            all.Add(key, series = []);
        }
        return series;
    }
}

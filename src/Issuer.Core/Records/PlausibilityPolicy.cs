namespace Issuer.Core.Records;

/// <summary>What becomes of a dose that breaks a rule of plausibility. Either way its clerk is told.</summary>
public enum PlausibilityRule
{
    /// <summary>It counts.</summary>
    Warn,

    /// <summary>It is left out until it is corrected, or its facility says that it was given as entered.</summary>
    Ask,
}

/// <summary>So many days lie at least between a dose and the one before, whatever that was.</summary>
/// <param name="Product">EU code; null: any.</param>
/// <param name="Kind">As the clerk typed it; null: any.</param>
public sealed record LeastInterval(string? Product, DoseKind? Kind, int Days, PlausibilityRule Rule);

/// <summary>From this day on the product is given to people of this age and older.</summary>
/// <param name="Years">Completed on the day of the dose.</param>
/// <param name="Rule">Of a dose before that day.</param>
public sealed record LicensedAge(string Product, int Years, DateOnly From, PlausibilityRule Rule);

/// <summary>Nobody gets more doses than this within so many days.</summary>
public sealed record MostDoses(int Doses, int Days, PlausibilityRule Rule);

/// <summary>A dose that nobody of this age was to get on that day.</summary>
/// <param name="IsTooYoung">On no day; else only not yet.</param>
public sealed record UnlicensedDose(bool IsTooYoung, PlausibilityRule Rule);

/// <summary>Which courses are believed without asking: data of the ministry, in force from a day on.</summary>
/// <param name="Ages">A product without any is not asked about.</param>
/// <param name="TooYoung">Of a dose to somebody younger than the product's youngest group.</param>
public sealed record PlausibilityPolicy(
    IReadOnlyList<LeastInterval> Intervals, IReadOnlyList<LicensedAge> Ages, PlausibilityRule TooYoung,
    IReadOnlyList<MostDoses> Doses)
{
    public static PlausibilityPolicy None { get; } = new([], [], PlausibilityRule.Ask, []);

    /// <summary>Null: licensed. Of a birth date known in part the oldest age is taken.</summary>
    public UnlicensedDose? FindUnlicensed(string product, DateOnly day, PartialDate born)
    {
        var groups = Ages.Where(group => group.Product == product).ToList();
        var own = groups.FindAll(group => day >= born.Earliest.AddYears(group.Years));
        return groups.Count == 0 || own.Exists(group => day >= group.From) ? null
            : own.MaxBy(group => group.Years) is { } late ? new UnlicensedDose(false, late.Rule)
            : new UnlicensedDose(true, TooYoung);
    }
}

using Issuer.Verification;

namespace Issuer.Server.Features.Verification;

/// <summary>How old a list is that a verdict rests on.</summary>
/// <param name="List">Which one.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Next">When another was due.</param>
/// <param name="AgeSeconds">Its age at the moment that the verdict is about; negative: it was made later.</param>
sealed record ListAgeView(string List, DateTimeOffset Made, DateTimeOffset Next, long AgeSeconds)
{
    const int Hour = 3600;
    const int Day = 24 * Hour;

    public static IReadOnlyList<ListAgeView> Of(VerificationLists lists, DateTimeOffset at) =>
        [.. lists.Ages.Select(age => new ListAgeView(age.List, age.Made, age.Next, (long)age.At(at).TotalSeconds))];

    /// <summary>For people: in the largest unit that still says something.</summary>
    public override string ToString() => Math.Abs(AgeSeconds) switch
    {
        < 2 * Hour => $"{List} {AgeSeconds / 60} min old",
        < 2 * Day => $"{List} {AgeSeconds / Hour} h old",
        _ => $"{List} {AgeSeconds / Day} days old",
    };
}

using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>
/// A change of what was sent that would match, or only the kind of change that is needed.
/// </summary>
/// <param name="Kind">One of <see cref="SuggestionKinds"/>.</param>
/// <param name="Corrected">
/// What was sent, transformed. Null: only the registry knows the right value, so somebody has to type it from a paper.
/// </param>
public sealed record Suggestion(string Kind, VaccinationRecord? Corrected);

/// <summary>The kinds as clients see them: never renamed.</summary>
public static class SuggestionKinds
{
    public const string DayMonthSwapped = "day-month-swapped";
    public const string NameOrder = "name-order";

    /// <summary>hòa or hoà: old and new orthography put the tone on another vowel.</summary>
    public const string TonePlacement = "tone-placement";

    /// <summary>đ typed as d.</summary>
    public const string PlainD = "plain-d";

    /// <summary>More marks are missing than đ's. Told, not computed: a vowel can be eighteen letters.</summary>
    public const string Diacritics = "diacritics";

    /// <summary>The person has a twelve-digit number now. Told, not computed: that number is the registry's.</summary>
    public const string NumberSuperseded = "number-superseded";

    /// <summary>Leading zeros lost, O for 0, separators, a last digit too many.</summary>
    public const string NumberForm = "number-form";

    public const string DigitOff = "digit-off";
}

using Issuer.Hcert;

namespace Issuer.Core.Identity;

/// <summary>
/// How two full names are compared: NFC, letter case and white space aside, letter for letter. Diacritics and tone
/// placement count, as they do in the registry; folding them is what suggestions are for.
/// </summary>
public static class NameKey
{
    public static string Of(string fullName) => string.Join(' ',
        CanonicalText.ToNfc(fullName).ToLowerInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The same with every mark dropped and đ read as d: what a keyboard without diacritics leaves.</summary>
    public static string WithoutMarks(string fullName) => StandardisedName.Of(fullName);
}

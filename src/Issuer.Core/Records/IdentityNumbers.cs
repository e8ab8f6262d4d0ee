using Issuer.Hcert;

namespace Issuer.Core.Records;

/// <summary>
/// What the form of a Vietnamese identity number tells (Circular 07/2016/TT-BCA, appendix 1): province or country of
/// birth (3 digits), century and sex (1), year of birth (2), six random. It has no check digit.
/// </summary>
public static class IdentityNumbers
{
    public static bool IsCccd(string number) => number.Length == 12 && number.All(char.IsAsciiDigit);

    public static bool IsCmnd(string number) => number.Length == 9 && number.All(char.IsAsciiDigit);

    /// <summary>
    /// What a clerk typed, made safe to keep and never refused: the dose was given, and a malformed number waits on a
    /// worklist. A spreadsheet's way to keep zeros (<c>="079…"</c>) is undone; what holds no letter or digit is empty,
    /// and so is "không có".
    /// </summary>
    public static string AsTyped(string? typed)
    {
        const int longest = 40;
        var text = typed is { Length: > 10 * longest } ? typed[..(10 * longest)].Trim() : (typed ?? "").Trim();
        if (text is ['=', '"', .., '"'])
        {
            text = text[2..^1].Trim();
        }
        text = CanonicalText.ToNfc(string.Concat(text.Where(c => Vocabulary.IsPlainText(c.ToString()))))
            .TrimStart('=', '+', '-', '@', '\'');
        var isNothing = !text.Any(char.IsLetterOrDigit) || Vocabulary.IsNotGiven(text);
        return isNothing ? "" : text.Length > longest ? text[..longest] : text;
    }

    /// <summary>
    /// What an unnamed number must be, or null when its form does not tell. A foreigner without a twelve-digit number
    /// has shown a passport, and some passports' numbers are nine digits.
    /// </summary>
    public static IdentityType? TypeOf(string number, string nationality) =>
        IsCccd(number) ? IdentityType.Cccd
        : nationality != "VNM" && IsPassport(number) ? IdentityType.Passport
        : IsCmnd(number) ? IdentityType.Cmnd
        : number.StartsWith("GKS", StringComparison.OrdinalIgnoreCase) ? IdentityType.Birth
        : null;

    /// <summary>
    /// The state of a record whose number cannot be asked for at all, or null when the registry should be asked.
    /// </summary>
    public static RecordState? UnusableState(VaccinationRecord record)
    {
        if (record.IdentityNumber.Length == 0)
        {
            return RecordState.MissingId;
        }
        return record.IdentityType switch
        {
            IdentityType.Cccd => IsCccd(record.IdentityNumber) ? null : RecordState.BadIdFormat,
            IdentityType.Cmnd => IsCmnd(record.IdentityNumber) ? null : RecordState.BadIdFormat,
            IdentityType.Birth => null,
            // A Vietnamese must be matched by a number of the registry; a passport gives none.
            IdentityType.Passport when record.Nationality == "VNM" => RecordState.MissingId,
            IdentityType.Passport => IsPassport(record.IdentityNumber) ? null : RecordState.BadIdFormat,
            _ => RecordState.BadIdFormat,
        };
    }

    /// <summary>
    /// Corrected sex or birth dates legitimately break the pattern, so it warns and never refuses.
    /// </summary>
    public static IEnumerable<Fault> Warnings(VaccinationRecord record)
    {
        if (record.IdentityType != IdentityType.Cccd || !IsCccd(record.IdentityNumber))
        {
            yield break;
        }
        var century = record.IdentityNumber[3] - '0';
        var year =
            1900 + (century / 2 * 100) + (10 * (record.IdentityNumber[4] - '0')) + record.IdentityNumber[5] - '0';
        var sex = century % 2 == 0 ? Sex.Male : Sex.Female;
        if (sex != record.Sex || year != record.DateOfBirth.Year)
        {
            yield return new Fault("identity_number", FaultCode.IdentityDisagrees);
        }
    }

    static bool IsPassport(string number) => number.Length is >= 5 and <= 20 && number.All(char.IsAsciiLetterOrDigit);
}

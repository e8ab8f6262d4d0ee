using System.Globalization;
using System.Text;

namespace Issuer.Core.Records;

/// <summary>The words a clerk may type for the closed values, Vietnamese and English, in lower case and NFC.</summary>
public static class Vocabulary
{
    public static readonly IReadOnlyDictionary<string, Sex> Sexes = new Dictionary<string, Sex>
    {
        ["m"] = Sex.Male, ["nam"] = Sex.Male, ["male"] = Sex.Male,
        ["f"] = Sex.Female, ["nữ"] = Sex.Female, ["nu"] = Sex.Female, ["female"] = Sex.Female,
    };

    public static readonly IReadOnlyDictionary<string, IdentityType> IdentityTypes =
        new Dictionary<string, IdentityType>
        {
            ["cccd"] = IdentityType.Cccd, ["căn cước công dân"] = IdentityType.Cccd, ["căn cước"] = IdentityType.Cccd,
            ["cmnd"] = IdentityType.Cmnd, ["chứng minh nhân dân"] = IdentityType.Cmnd,
            ["passport"] = IdentityType.Passport,
            ["hộ chiếu"] = IdentityType.Passport, ["birth"] = IdentityType.Birth, ["khai sinh"] = IdentityType.Birth,
            ["giấy khai sinh"] = IdentityType.Birth,
        };

    public static readonly IReadOnlyDictionary<string, DoseKind> DoseKinds = new Dictionary<string, DoseKind>
    {
        ["primary"] = DoseKind.Primary, ["cơ bản"] = DoseKind.Primary,
        ["additional"] = DoseKind.Additional, ["bổ sung"] = DoseKind.Additional,
        ["booster"] = DoseKind.Booster, ["nhắc lại"] = DoseKind.Booster,
    };

    /// <summary>No control, bidi-override, private or unpaired character: they hide what a person would read.</summary>
    public static bool IsPlainText(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                return false;
            }
            i += rune.Utf16SequenceLength;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return false;
            }
        }
        return true;
    }
}

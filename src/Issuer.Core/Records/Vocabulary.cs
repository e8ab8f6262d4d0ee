using System.Globalization;
using System.Text;

namespace Issuer.Core.Records;

/// <summary>The words a clerk may type for the closed values, Vietnamese and English, in lower case and NFC.</summary>
public static class Vocabulary
{
    public static readonly IReadOnlyDictionary<string, Sex> Sexes = new Dictionary<string, Sex>
    {
        ["m"] = Sex.Male, ["nam"] = Sex.Male, ["male"] = Sex.Male, ["nam giới"] = Sex.Male, ["trai"] = Sex.Male,
        ["f"] = Sex.Female, ["nữ"] = Sex.Female, ["nu"] = Sex.Female, ["female"] = Sex.Female,
        ["nữ giới"] = Sex.Female, ["gái"] = Sex.Female,
    };

    public static readonly IReadOnlyDictionary<string, IdentityType> IdentityTypes =
        new Dictionary<string, IdentityType>
        {
            ["cccd"] = IdentityType.Cccd, ["căn cước công dân"] = IdentityType.Cccd, ["căn cước"] = IdentityType.Cccd,
            ["thẻ căn cước"] = IdentityType.Cccd, ["thẻ cccd"] = IdentityType.Cccd,
            ["số định danh"] = IdentityType.Cccd, ["số định danh cá nhân"] = IdentityType.Cccd,
            ["cmnd"] = IdentityType.Cmnd, ["chứng minh nhân dân"] = IdentityType.Cmnd, ["cmt"] = IdentityType.Cmnd,
            ["cmtnd"] = IdentityType.Cmnd, ["chứng minh thư"] = IdentityType.Cmnd,
            ["passport"] = IdentityType.Passport, ["hc"] = IdentityType.Passport,
            ["hộ chiếu"] = IdentityType.Passport, ["birth"] = IdentityType.Birth, ["khai sinh"] = IdentityType.Birth,
            ["giấy khai sinh"] = IdentityType.Birth, ["gks"] = IdentityType.Birth,
            ["giấy chứng sinh"] = IdentityType.Birth,
        };

    public static readonly IReadOnlyDictionary<string, DoseKind> DoseKinds = new Dictionary<string, DoseKind>
    {
        ["primary"] = DoseKind.Primary, ["cơ bản"] = DoseKind.Primary,
        ["additional"] = DoseKind.Additional, ["bổ sung"] = DoseKind.Additional,
        ["booster"] = DoseKind.Booster, ["nhắc lại"] = DoseKind.Booster,
    };

    /// <summary>What a spreadsheet shows where a formula failed.</summary>
    public static readonly IReadOnlySet<string> SpreadsheetErrors = new HashSet<string>
    {
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    };

    static readonly HashSet<string> NotGiven =
    [
        "không", "không có", "khong", "khong co", "ko", "ko có", "ko co", "k có", "chưa có", "chua co", "chưa rõ",
        "không rõ", "khong ro", "không biết", "không nhớ", "n/a", "na", "none", "null", "nil", "no", "unknown",
    ];

    /// <summary>Dashes, dots or strokes alone stand for an empty cell.</summary>
    public static bool IsNothing(string text) =>
        text.All(c => c is '-' or '–' or '—' or '−' or '_' or '.' or '…' or '/' or '\\' or ' ');

    /// <summary>Said in words that there is none.</summary>
    public static bool IsNotGiven(string text) => NotGiven.Contains(text.ToLowerInvariant());

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

using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class StandardisedNameTests
{
    // The 67 marked letters of Vietnamese by their base letter, composed.
    const string VietnameseLetters =
        "Aàáảãạăằắẳẵặâầấẩẫậ Eèéẻẽẹêềếểễệ Iìíỉĩị Oòóỏõọôồốổỗộơờớởỡợ Uùúủũụưừứửữự Yỳýỷỹỵ Dđ";

    public static TheoryData<string, string> Letters()
    {
        var rows = new TheoryData<string, string>();
        foreach (var group in VietnameseLetters.Split(' '))
        {
            foreach (var letter in group[1..])
            {
                rows.Add(letter.ToString(), group[..1]);
                rows.Add(char.ToUpperInvariant(letter).ToString(), group[..1]);
            }
        }
        return rows;
    }

    [Fact]
    public void There_are_134_Vietnamese_letters_with_marks() => Assert.Equal(134, Letters().Count);

    [Theory]
    [MemberData(nameof(Letters))]
    public void Every_Vietnamese_letter_gives_its_base_letter_composed_and_decomposed(string letter, string expected)
    {
        Assert.Equal(expected, StandardisedName.Of(letter));
        Assert.Equal(expected, StandardisedName.Of(CanonicalText.ToNfd(letter)));
    }

    [Theory]
    [InlineData("Nguyễn", "NGUYEN")]
    [InlineData("Đặng", "DANG")]
    [InlineData("Trần Thị Ngọc Ánh", "TRAN<THI<NGOC<ANH")]
    [InlineData("Phạm Đức", "PHAM<DUC")]
    [InlineData("Ðặng", "DANG")]
    [InlineData("Ɖặng", "DANG")]
    [InlineData("ðức", "DUC")]
    [InlineData("Y Ơk Ksơr", "Y<OK<KSOR")]
    [InlineData("H'Hen Niê", "HHEN<NIE")]
    [InlineData("H’Hen Niê", "HHEN<NIE")]
    [InlineData("d'Arsøns - van Halen", "DARSONS<VAN<HALEN")]
    [InlineData("François-Joan", "FRANCOIS<JOAN")]
    [InlineData("d'Červenková Panklová", "DCERVENKOVA<PANKLOVA")]
    [InlineData("Musterfrau-Gößinger", "MUSTERFRAU<GOESSINGER")]
    [InlineData("Müller", "MUELLER")]
    [InlineData("Muñoz", "MUNOZ")]
    [InlineData("Ångström", "AANGSTROEM")]
    [InlineData("Łukasz Żółć", "LUKASZ<ZOLC")]
    [InlineData("Æsir Þór Œuvre", "AESIR<THOR<OEUVRE")]
    [InlineData("Dr. X", "DR<X")]
    [InlineData("  Anh  2  Ba ", "ANH<BA")]
    [InlineData("İbrahim Işık", "IBRAHIM<ISIK")]
    [InlineData("Zoë Ħal Ŧor Ŋo Ĳs Əli ĸa", "ZOE<HAL<TOR<NO<IJS<ELI<KA")]
    [InlineData("ſs", "SS")]
    [InlineData("\u0308Anh", "ANH")]
    [InlineData("李", "X")]
    [InlineData("𠮷", "X")]
    [InlineData("", "")]
    [InlineData("-", "")]
    public void Names_are_standardised_alike_from_both_forms(string name, string expected)
    {
        Assert.Equal(expected, StandardisedName.Of(name));
        Assert.Equal(expected, StandardisedName.Of(CanonicalText.ToNfd(name)));
        Assert.Equal(expected, StandardisedName.Of(CanonicalText.ToNfc(name)));
    }

    [Fact]
    public void A_long_name_is_cut_at_80_and_not_after_a_separator()
    {
        Assert.Equal(new string('A', 80), StandardisedName.Of(new string('a', 200)));
        Assert.Equal(new string('A', 79), StandardisedName.Of(new string('a', 79) + " bcd"));
    }

    [Fact]
    public void Whatever_the_name_the_result_fits_the_schema_and_has_something_for_every_letter() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<string>(),
            name =>
            {
                var result = StandardisedName.Of(name ?? "");
                var wanted = (name ?? "").EnumerateRunes().Any(rune =>
                    Rune.IsLetter(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.ModifierLetter);
                return result.Length <= 80 && result.All(letter => letter is (>= 'A' and <= 'Z') or '<')
                    && (!wanted || result.Length > 0) && !result.EndsWith('<') && !result.Contains("<<");
            }).QuickCheckThrowOnFailure();
}

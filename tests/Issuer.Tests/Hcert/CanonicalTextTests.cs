using System.Globalization;
using System.Text;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class CanonicalTextTests
{
    [Theory]
    [InlineData("\u0301\u0323", "\u0323\u0301")]
    [InlineData("a\u036F\u0323", "a\u0323\u036F")]
    [InlineData("a\u0301\u0300", "a\u0301\u0300")]
    public void Marks_are_ordered_within_their_letter_from_the_first_of_a_text_to_the_last_of_their_kind(
        string typed, string ordered) => Assert.Equal(ordered, CanonicalText.ToNfd(typed));

    [Theory]
    [InlineData("Nguyễn", "Nguye\u0302\u0303n")]
    [InlineData("ộ", "o\u0323\u0302")]
    [InlineData("ợ", "o\u031B\u0323")]
    [InlineData("Đặng", "Đa\u0323\u0306ng")]
    [InlineData("Ǖ", "U\u0308\u0304")]
    public void Composed_and_decomposed_forms_become_each_other(string composed, string decomposed)
    {
        Assert.Equal(decomposed, CanonicalText.ToNfd(composed));
        Assert.Equal(composed, CanonicalText.ToNfc(decomposed));
        Assert.True(CanonicalText.IsNfc(composed));
        Assert.False(CanonicalText.IsNfc(decomposed));
    }

    [Theory]
    [InlineData("o\u0302\u0323", "ộ")]
    [InlineData("ô\u0323", "ộ")]
    [InlineData("ọ\u0302", "ộ")]
    public void The_order_in_which_marks_were_typed_does_not_matter(string typed, string composed) =>
        Assert.Equal(composed, CanonicalText.ToNfc(typed));

    [Theory]
    [InlineData("q\u0323")]
    [InlineData("\u0301a")]
    [InlineData("漢字 Ω Ж")]
    public void What_has_no_composed_form_stays(string text) => Assert.Equal(text, CanonicalText.ToNfc(text));

    [Fact]
    public void Every_letter_of_the_table_comes_back()
    {
        foreach (var line in EmbeddedData.ReadLines("canonical-composites.txt").Where(line => line[0] != '#'))
        {
            var letter = ((char)int.Parse(line[..4], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();
            Assert.Equal(letter, CanonicalText.ToNfc(CanonicalText.ToNfd(letter)));
        }
    }

    /// <summary>
    /// The platform is the second opinion where it has one: under InvariantGlobalization it has none.
    /// </summary>
    [Fact]
    public void The_platform_agrees_on_pairs_of_marks_on_every_Latin_letter()
    {
        if ("ễ".Normalize(NormalizationForm.FormD).Length == 1)
        {
            return;
        }
        int[] letters =
            [.. Enumerable.Range(65, 26), .. Enumerable.Range(0xC0, 0x190), .. Enumerable.Range(0x1E00, 256)];
        string[] marks = ["", "\u0300", "\u0302", "\u0309", "\u031B", "\u0323", "\u0327", "\u0338"];
        var texts = from letter in letters
                    from first in marks
                    from second in marks
                    select $"{(char)letter}{first}{second}";
        Assert.All(texts, text =>
        {
            Assert.Equal(text.Normalize(NormalizationForm.FormD), CanonicalText.ToNfd(text));
            Assert.Equal(text.Normalize(NormalizationForm.FormC), CanonicalText.ToNfc(text));
        });
    }
}

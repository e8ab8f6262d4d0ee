using System.Globalization;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class CanonicalTextTests
{
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
}

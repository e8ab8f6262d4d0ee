using Issuer.Core.Records;

namespace Issuer.Tests.Records;

public class PartialDateTests
{
    [Theory]
    [InlineData("1985-02-03", "1985-02-03")]
    [InlineData("03/02/1985", "1985-02-03")]
    [InlineData("3/2/1985", "1985-02-03")]
    [InlineData("3-2-1985", "1985-02-03")]
    [InlineData("3.2.1985", "1985-02-03")]
    [InlineData("29/02/2020", "2020-02-29")]
    [InlineData("1985-02", "1985-02")]
    [InlineData("2/1985", "1985-02")]
    [InlineData("1985", "1985")]
    [InlineData("1900", "1900")]
    [InlineData("2099-12-31", "2099-12-31")]
    [InlineData("1985-02-03 00:00:00", "1985-02-03")]
    [InlineData("3/2/1985 0:00", "1985-02-03")]
    [InlineData("3/2/1985 12:30:00", "1985-02-03")]
    public void Every_form_of_the_contract_is_read(string typed, string expected)
    {
        Assert.True(PartialDate.TryParse(typed, out var date));
        Assert.Equal(expected, date.ToString());
        Assert.Equal(date, PartialDate.Parse(date.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30/02/1985")]
    [InlineData("29/02/2021")]
    [InlineData("2021-13-01")]
    [InlineData("13/2021")]
    [InlineData("44562")]
    [InlineData("0085")]
    [InlineData("1899-12-31")]
    [InlineData("2100")]
    [InlineData("85")]
    [InlineData("1985-2-3")]
    [InlineData("3/2/85")]
    [InlineData("02-03-1985 00:00")]
    [InlineData("１９８５")]
    [InlineData("không rõ")]
    public void Nonsense_is_refused_and_leaves_no_date(string typed)
    {
        Assert.False(PartialDate.TryParse(typed, out var date));
        Assert.Equal(default, date);
        Assert.Throws<FormatException>(() => PartialDate.Parse(typed));
    }

    [Fact]
    public void No_date_is_written_as_nothing() => Assert.Equal("", default(PartialDate).ToString());

    [Theory]
    [InlineData("1985", "1985-01-01", false)]
    [InlineData("1985-02", "1985-02-01", false)]
    [InlineData("1985-02-03", "1985-02-03", true)]
    public void The_earliest_day_is_the_first_it_can_mean(string date, string earliest, bool isComplete)
    {
        var parsed = PartialDate.Parse(date);

        Assert.Equal(DateOnly.Parse(earliest, null), parsed.Earliest);
        Assert.Equal(isComplete ? parsed.Earliest : null, parsed.Complete);
        Assert.Equal(1985, parsed.Year);
    }
}

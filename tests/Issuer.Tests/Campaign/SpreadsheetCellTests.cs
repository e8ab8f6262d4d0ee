using FsCheck;
using FsCheck.Fluent;
using Issuer.Server.Features.Records;

namespace Issuer.Tests.Campaign;

public sealed class SpreadsheetCellTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-Anna Lee", "'-Anna Lee")]
    [InlineData("-", "'-")]
    [InlineData("a;=cmd", "a;'=cmd")]
    [InlineData("a\t+1", "a\t'+1")]
    [InlineData("a\n@x", "a\n'@x")]
    [InlineData("a, -b", "a, '-b")]
    [InlineData("a\"=b", "a\"'=b")]
    [InlineData("'=1", "''=1")]
    [InlineData("  =1", "  '=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("'Aziz", "'Aziz")]
    [InlineData("Lê-Anh", "Lê-Anh")]
    [InlineData("'044035351834", "'044035351834")]
    public void What_could_run_behind_any_separator_is_stopped(string typed, string written)
    {
        Assert.Equal(written, SpreadsheetCell.Written(typed));
        Assert.Equal(typed, SpreadsheetCell.Read(written));
    }

    [Fact]
    public void Whatever_is_written_is_read_back_and_begins_no_formula() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements('=', '+', '-', '@', '\'', '"', ',', ';', '|', '\t', '\n', ' ', 'a', 'ễ', '＝').ArrayOf()
            .Select(characters => new string(characters)).ToArbitrary(),
        typed =>
        {
            var written = SpreadsheetCell.Written(typed)!;
            return SpreadsheetCell.Read(written) == typed
                && written.Split(',', ';', '|', '\t', '\n', '"')
                    .All(part => part.TrimStart(' ') is "" or [not ('=' or '+' or '-' or '@' or '＝'), ..]);
        }));

    [Theory]
    [InlineData("=\"0010\"", "0010")]
    [InlineData(" =\"0010\" ", "0010")]
    [InlineData("=\"a\"&\"b\"", "=\"a\"&\"b\"")]
    [InlineData("0010", "0010")]
    public void A_spreadsheets_way_to_keep_zeros_is_undone(string cell, string value) =>
        Assert.Equal(value, SpreadsheetCell.Value(cell));
}

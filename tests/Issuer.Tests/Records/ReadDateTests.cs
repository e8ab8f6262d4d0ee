using Issuer.Core.Records;

namespace Issuer.Tests.Records;

public class ReadDateTests
{
    static readonly DateOnly From = new(2020, 12, 1);

    static readonly DateOnly Today = new(2026, 11, 30);

    [Theory]
    [InlineData("2022-03-05")]
    [InlineData("05/03/2022")]
    [InlineData("5/3/2022")]
    [InlineData("5 / 3 / 2022")]
    [InlineData("5-3-2022")]
    [InlineData("5.3.2022")]
    [InlineData("05 03 2022")]
    [InlineData("2022/3/5")]
    [InlineData("2022.03.05")]
    [InlineData("20220305")]
    [InlineData("05032022")]
    [InlineData("'05/03/2022")]
    [InlineData("05/03/2022 08:30")]
    [InlineData("05/03/2022 8h30")]
    [InlineData("08:30 05/03/2022")]
    [InlineData("05/03/2022 12:00:00 AM")]
    [InlineData("05/03/2022 8:30 SA")]
    [InlineData("2022-03-05T00:00:00.000+07:00")]
    [InlineData("2022-03-05T16:59:59Z")]
    [InlineData("44625")]
    [InlineData("44625.354166")]
    [InlineData("5-Mar-2022")]
    [InlineData("5-Mar-22")]
    [InlineData("5 March 2022")]
    [InlineData("March 5, 2022")]
    [InlineData("5th Mar 2022")]
    [InlineData("05-thg 3-22")]
    [InlineData("5 tháng 3 năm 2022")]
    [InlineData("Ngày 05 tháng 03 năm 2022")]
    [InlineData("ngay 5 thang 3 nam 2022")]
    [InlineData("Nga\u0300y 05/03/2022")]
    public void One_meaning_is_read(string typed) =>
        Assert.Equal("2022-03-05", ReadDate.Of(typed, From, Today).Date?.ToString());

    [Theory]
    [InlineData("1985", "1985")]
    [InlineData("1985.0", "1985")]
    [InlineData("năm 1985", "1985")]
    [InlineData("00/00/1985", "1985")]
    [InlineData("--/--/1985", "1985")]
    [InlineData("??/??/1985", "1985")]
    [InlineData("XX/XX/1985", "1985")]
    [InlineData("__/__/1985", "1985")]
    [InlineData("1985-xx-xx", "1985")]
    [InlineData("xx/03/1985", "1985-03")]
    [InlineData("03/1985", "1985-03")]
    [InlineData("tháng 3/1985", "1985-03")]
    [InlineData("tháng 3 năm 1985", "1985-03")]
    [InlineData("12/03/81", "1981-03-12")]
    [InlineData("31049", "1985-01-02")]
    public void What_is_not_known_of_a_birth_is_left_open(string typed, string date) =>
        Assert.Equal(date, ReadDate.Of(typed, new DateOnly(1900, 1, 1), Today).Date?.ToString());

    [Theory]
    [InlineData("31/02/2022", FaultCode.BadDate)]
    [InlineData("05/00/2022", FaultCode.BadDate)]
    [InlineData("2022-03-05T17:00:00Z", FaultCode.BadDate)]
    [InlineData("05/03/2022 25:00", FaultCode.BadDate)]
    [InlineData("5/3-2022", FaultCode.BadDate)]
    [InlineData("7/2022/5", FaultCode.BadDate)]
    [InlineData("99999", FaultCode.BadDate)]
    [InlineData("5 Foo 2022", FaultCode.BadDate)]
    [InlineData("không rõ", FaultCode.BadDate)]
    [InlineData("9999999999999999999", FaultCode.BadDate)]
    [InlineData("03/25/2022", FaultCode.MonthBeforeDay)]
    [InlineData("3/25/22", FaultCode.MonthBeforeDay)]
    [InlineData("25/03/22", FaultCode.TwoDigitYear)]
    [InlineData("25/03/2565", FaultCode.FutureDate)]
    [InlineData("1/1/0015", FaultCode.DateTooEarly)]
    public void Anything_else_is_asked_about(string typed, FaultCode fault)
    {
        var read = ReadDate.Of(typed, From, Today);

        Assert.Null(read.Date);
        Assert.Equal(fault, read.Fault);
    }

    [Theory]
    [InlineData("3/4/2022", DateOrder.Either)]
    [InlineData("3-4-22", DateOrder.Either)]
    [InlineData("03/04/2022 08:30", DateOrder.Either)]
    [InlineData("44654", DateOrder.Either)]
    [InlineData("4/4/2022", DateOrder.Certain)]
    [InlineData("2022-03-04", DateOrder.Certain)]
    [InlineData("25/03/2022", DateOrder.Certain)]
    [InlineData("04/2022", DateOrder.Certain)]
    [InlineData("4-Mar-2022", DateOrder.Certain)]
    [InlineData("03/25/2022", DateOrder.MonthFirst)]
    [InlineData("03/25/22 0:00", DateOrder.MonthFirst)]
    [InlineData("99/99/2022", DateOrder.Certain)]
    [InlineData(null, DateOrder.Certain)]
    public void A_date_says_whether_its_month_may_be_its_day(string? typed, DateOrder order) =>
        Assert.Equal(order, ReadDate.OrderOf(typed));
}

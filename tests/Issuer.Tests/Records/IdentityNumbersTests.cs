using Issuer.Core.Records;

namespace Issuer.Tests.Records;

public class IdentityNumbersTests
{
    [Theory]
    [InlineData("087084000999", "VNM", IdentityType.Cccd)]
    [InlineData("024000001", "VNM", IdentityType.Cmnd)]
    [InlineData("87084000999", "VNM", null)]
    [InlineData("M12345678", "VNM", null)]
    [InlineData("", "VNM", null)]
    [InlineData("087084000999", "KOR", IdentityType.Cccd)]
    [InlineData("M12345678", "KOR", IdentityType.Passport)]
    [InlineData("123456789", "USA", IdentityType.Passport)]
    [InlineData("M1234", "KOR", IdentityType.Passport)]
    [InlineData("M123", "KOR", null)]
    [InlineData("M1234567890123456789", "KOR", IdentityType.Passport)]
    [InlineData("M12345678901234567890", "KOR", null)]
    public void The_form_of_a_number_and_the_nationality_tell_its_type(
        string number, string nationality, IdentityType? type) =>
        Assert.Equal(type, IdentityNumbers.TypeOf(number, nationality));

    [Theory]
    [InlineData("087084000999", "M", "1984", true)]
    [InlineData("087184000999", "F", "1984", true)]
    [InlineData("087205000999", "M", "2005-01-02", true)]
    [InlineData("087305000999", "F", "2005", true)]
    [InlineData("087084000999", "F", "1984", false)]
    [InlineData("087084000999", "M", "1983", false)]
    [InlineData("087284000999", "M", "1984", false)]
    public void Sex_century_and_year_are_compared_and_only_warn(string number, string sex, string born, bool agrees)
    {
        var check = Issuer.Core.Records.CheckRecord.Check(
            Given.Row() with { IdentityNumber = number, Sex = sex, DateOfBirth = born }, Given.Context);

        Assert.NotNull(check.Record);
        Assert.Equal(agrees, check.Faults.All(f => !f.Is(FaultCode.IdentityDisagrees)));
    }

    [Theory]
    [InlineData("-", "")]
    [InlineData("...", "")]
    [InlineData("  079085000001 ", "079085000001")]
    [InlineData("=\"079085000001\"", "079085000001")]
    [InlineData("=cmd()", "cmd()")]
    [InlineData("0790850\u200b00001", "079085000001")]
    [InlineData(null, "")]
    public void A_number_is_kept_as_typed_but_safe(string? typed, string kept) =>
        Assert.Equal(kept, IdentityNumbers.AsTyped(typed));

    [Fact]
    public void What_comes_after_ten_times_its_length_is_not_looked_at()
    {
        Assert.Equal("1", IdentityNumbers.AsTyped("1".PadLeft(400)));
        Assert.Equal("", IdentityNumbers.AsTyped("1".PadLeft(401)));
    }

    [Fact]
    public void A_number_without_end_is_cut_and_still_no_fault() =>
        Assert.Equal(40, IdentityNumbers.AsTyped(new string('7', 2_000_000)).Length);
}

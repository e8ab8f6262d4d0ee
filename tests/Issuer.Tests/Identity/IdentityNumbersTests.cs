using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Identity;

public class IdentityNumbersTests
{
    [Theory]
    [InlineData("087084000999", IdentityType.Cccd)]
    [InlineData("024000001", IdentityType.Cmnd)]
    [InlineData("87084000999", null)]
    [InlineData("M12345678", null)]
    [InlineData("", null)]
    public void The_form_of_a_number_tells_its_type(string number, IdentityType? type) =>
        Assert.Equal(type, IdentityNumbers.TypeOf(number));

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
        Assert.Equal(agrees, check.Faults.All(f => f.Code != FaultCode.IdentityDisagrees));
    }
}

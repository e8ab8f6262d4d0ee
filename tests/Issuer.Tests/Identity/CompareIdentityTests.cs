using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Identity;

public sealed class CompareIdentityTests
{
    static readonly RegistryPerson Person = new(
        Given.Number(1), null, "Nguyễn", "Văn An", Sex.Male, PartialDate.Parse("1985-02-03"));

    static readonly RegistryQuery Query = new(
        IdentityType.Cccd, Given.Number(1), "Nguyễn Văn An", Sex.Male, PartialDate.Parse("1985-02-03"));

    [Fact]
    public void Somebody_whose_every_field_is_right_is_told_and_nobody_else()
    {
        Assert.Equal(Person, CompareIdentity.Compare(Query, Person).Person);
        Assert.Null(CompareIdentity.Compare(Query with { Sex = Sex.Female }, Person).Person);
    }

    [Theory]
    [InlineData("Nguyễn Văn Anh", "1985-02-03", Sex.Male, IdentityFields.Name, false)]
    [InlineData("Nguyen Van An", "1985-02-03", Sex.Male, IdentityFields.Name, true)]
    [InlineData("NGUYỄN  văn an", "1985-02-03", Sex.Male, IdentityFields.None, false)]
    [InlineData("Nguyễn Văn An", "1985-02", Sex.Male, IdentityFields.DateOfBirth, true)]
    [InlineData("Nguyễn Văn An", "1985-02-04", Sex.Female, IdentityFields.DateOfBirth | IdentityFields.Sex, true)]
    public void Each_field_is_right_or_wrong_by_itself(
        string name, string born, Sex sex, IdentityFields wrong, bool inMarksOnly)
    {
        var answer = CompareIdentity.Compare(
            Query with { FullName = name, Sex = sex, DateOfBirth = PartialDate.Parse(born) }, Person);

        Assert.Equal(wrong, answer.Wrong);
        Assert.Equal(inMarksOnly, answer.NameDiffersInMarksOnly);
    }

    [Fact]
    public void Of_two_who_have_a_number_the_more_alike_answers() => Assert.Equal(
        IdentityFields.Sex,
        CompareIdentity.Best(
            Query with { Sex = Sex.Female }, [Person with { FamilyName = "Trần" }, Person])!.Wrong);

    [Theory]
    [InlineData(IdentityFields.Name, false)]
    [InlineData(IdentityFields.DateOfBirth, false)]
    [InlineData(IdentityFields.Name | IdentityFields.DateOfBirth, true)]
    [InlineData(IdentityFields.Name | IdentityFields.DateOfBirth | IdentityFields.Sex, true)]
    public void Whoever_shares_neither_name_nor_birth_date_is_not_meant(IdentityFields wrong, bool looksFurther)
    {
        var best = new RegistryAnswer(wrong, null);

        Assert.Equal(looksFurther, CompareIdentity.LooksFurther(Query, best));
        Assert.False(CompareIdentity.LooksFurther(Query with { ByNumberOnly = true }, best));
    }

    [Theory]
    [InlineData(0, IdentityFields.All)]
    [InlineData(1, IdentityFields.IdentityNumber)]
    [InlineData(2, IdentityFields.All)]
    public void One_person_with_the_other_fields_makes_the_number_wrong(int alike, IdentityFields wrong) =>
        Assert.Equal(wrong, CompareIdentity.Further(null, alike).Wrong);

    [Fact]
    public void Whoever_has_the_number_answers_when_the_other_fields_single_out_nobody()
    {
        var best = new RegistryAnswer(IdentityFields.Name | IdentityFields.DateOfBirth, null);

        Assert.Equal(best, CompareIdentity.Further(best, 0));
        Assert.Equal(IdentityFields.IdentityNumber, CompareIdentity.Further(best, 1).Wrong);
    }
}

using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Identity;

public sealed class SubjectIdentityTests
{
    static readonly SubjectIdentity Person = new(
        "Nguyễn", "Văn An", Sex.Male, PartialDate.Parse("1985-02-03"), ["VNM:079085000001"]);

    [Theory]
    [InlineData("079085000001", "024000001", "VNM:079085000001 VNM:024000001")]
    [InlineData("079085000001", null, "VNM:079085000001")]
    [InlineData("079085000001", "", "VNM:079085000001")]
    [InlineData(null, "024000001", "VNM:024000001")]
    [InlineData("", "024000001", "VNM:024000001")]
    public void A_person_of_the_registry_is_found_by_the_numbers_they_have(
        string? number, string? old, string documents) => Assert.Equal(
        documents.Split(' '),
        SubjectIdentity.Of(new RegistryPerson(number, old, "Nguyễn", "Văn An", Sex.Male, Person.DateOfBirth)).Documents);

    [Fact]
    public void A_foreigner_is_found_by_country_and_passport_whatever_its_letter_case() => Assert.Equal(
        ["P:KOR:M12345678"],
        SubjectIdentity.OfForeigner(Given.Record(Given.Foreigner(passport: "m12345678"))).Documents);

    [Fact]
    public void Two_say_the_same_letter_for_letter_documents_aside()
    {
        Assert.True(Person.SaysTheSame(Person with { Documents = [] }));
        Assert.All(Others(), other => Assert.False(Person.SaysTheSame(other.Other)));
        Assert.False(Person.SaysTheSame(Person with { GivenName = "VĂN AN" }));
    }

    [Fact]
    public void Each_field_that_differs_is_told_and_letter_case_is_none()
    {
        Assert.All(Others(), other => Assert.Equal(other.Field, Person.DifferencesFrom(other.Other)));
        Assert.Equal(
            IdentityFields.None, Person.DifferencesFrom(Person with { FamilyName = "NGUYỄN", GivenName = "văn  an" }));
        Assert.Equal(
            IdentityFields.Sex | IdentityFields.DateOfBirth,
            Person.DifferencesFrom(Person with { Sex = Sex.Female, DateOfBirth = PartialDate.Parse("1985") }));
    }

    [Fact]
    public void Two_who_look_like_one_share_the_name_without_marks_sex_and_birth_date()
    {
        Assert.Equal("NGUYEN<VAN<AN|1|1985-02-03", (Person with { Sex = (Sex)1 }).LookKey);
        Assert.Equal(Person.LookKey, (Person with { FamilyName = "Nguyen", GivenName = "Van An" }).LookKey);
        Assert.All(Others(), other => Assert.NotEqual(Person.LookKey, other.Other.LookKey));
    }

    [Theory]
    [InlineData("VNM:079085000001", true, "079085000001")]
    [InlineData("VNM:024000001", false, "024000001")]
    [InlineData("VNM:07908500000A", false, "07908500000A")]
    [InlineData("P:VNM:079085000001", false, "079085000001")]
    public void Only_twelve_digits_of_the_registry_stand_for_a_person_for_life(
        string document, bool isForLife, string number)
    {
        Assert.Equal(isForLife, DocumentKey.IsCitizenNumber(document));
        Assert.Equal(number, DocumentKey.NumberOf(document));
    }

    static IEnumerable<(SubjectIdentity Other, IdentityFields Field)> Others() =>
    [
        (Person with { FamilyName = "Trần" }, IdentityFields.Name),
        (Person with { GivenName = "Văn Anh" }, IdentityFields.Name),
        (Person with { Sex = Sex.Female }, IdentityFields.Sex),
        (Person with { DateOfBirth = PartialDate.Parse("1985-02-04") }, IdentityFields.DateOfBirth),
    ];
}

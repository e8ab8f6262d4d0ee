using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Identity;

public class DecideMatchTests
{
    static readonly RegistryPerson Person = new(
        Given.Number(1), Given.OldNumber(1), "Nguyễn", "Văn Ab", Sex.Male, PartialDate.Parse("1985-02-03"));

    public static TheoryData<string, string, string, RegistryAnswer?, RecordState> Rows => new()
    {
        { "", "", "VNM", null, RecordState.MissingId },
        { "CCCD", "", "VNM", null, RecordState.MissingId },
        { "CCCD", "79085000001", "VNM", null, RecordState.BadIdFormat },
        { "CCCD", "024000001", "VNM", null, RecordState.BadIdFormat },
        { "CMND", "079085000001", "VNM", null, RecordState.BadIdFormat },
        { "", "khong co", "VNM", null, RecordState.MissingId },
        { "", "hoi lai", "VNM", null, RecordState.BadIdFormat },
        { "CCCD", "０79085000001", "VNM", null, RecordState.BadIdFormat },
        { "PASSPORT", "B1234567", "VNM", null, RecordState.MissingId },
        { "PASSPORT", "M12345678", "KOR", null, RecordState.Exempt },
        { "PASSPORT", "M1", "KOR", null, RecordState.BadIdFormat },
        { "PASSPORT", "M 12345678", "KOR", null, RecordState.BadIdFormat },
        { "CCCD", Given.Number(1), "VNM", null, RecordState.Pending },
        { "BIRTH", "12/2015", "VNM", null, RecordState.Pending },
        { "CCCD", Given.Number(1), "VNM", new(IdentityFields.None, Person), RecordState.Matched },
        { "", Given.OldNumber(1), "VNM", new(IdentityFields.None, Person), RecordState.Matched },
        { "CCCD", Given.Number(1), "KOR", new(IdentityFields.None, Person), RecordState.Matched },
        { "CCCD", Given.Number(1), "VNM", RegistryAnswer.NotFound, RecordState.NotFound },
        { "CCCD", Given.Number(1), "VNM", new(IdentityFields.Name | IdentityFields.Sex, null), RecordState.Mismatched },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_record_has_the_state_its_number_and_the_register_give_it(
        string type, string number, string nationality, RegistryAnswer? answer, RecordState expected)
    {
        var record = Given.Record(Given.Row() with
        {
            IdentityType = type,
            IdentityNumber = number,
            Nationality = nationality,
        });

        var match = DecideMatch.Decide(new StoredRecord(1, 1, record), answer);

        Assert.Equal(expected, match.State);
        Assert.Equal(expected.HasSubject(), match.Subject is not null);
        Assert.Equal(
            expected is RecordState.MissingId or RecordState.BadIdFormat or RecordState.Exempt,
            DecideMatch.IsSettled(record));
        Assert.Equal(
            expected == RecordState.Mismatched ? IdentityFields.Name | IdentityFields.Sex : IdentityFields.None,
            match.Differs);
    }

    [Fact]
    public void A_person_is_called_as_the_register_calls_them_and_found_by_both_numbers()
    {
        var typed = Given.Record(Given.Row() with { FamilyName = null, GivenName = null, FullName = "NGUYỄN VĂN AB" });

        var subject = DecideMatch.Decide(new StoredRecord(1, 1, typed), new(IdentityFields.None, Person)).Subject!;

        Assert.Equal(("Nguyễn", "Văn Ab"), (subject.FamilyName, subject.GivenName));
        Assert.Equal([$"VNM:{Given.Number(1)}", $"VNM:{Given.OldNumber(1)}"], subject.Documents);
    }
}

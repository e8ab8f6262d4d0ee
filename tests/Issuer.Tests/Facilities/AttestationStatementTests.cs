using System.Text;
using Issuer.Core.Certificates;
using Issuer.Core.Facilities;
using Issuer.Core.Records;

namespace Issuer.Tests.Facilities;

public class AttestationStatementTests
{
    static readonly byte[] Key = new byte[32];

    static readonly AttestationStatement Statement = new(
        new StoredRecord(12, 3, Given.Record(Given.Row(1, 2) with { GivenName = "Văn \"Ơn\" Đạt" })),
        [new ReliedDose(7, 1, [1, 2, 3])], AttestationPolicy.LastDose);

    /// <summary>Facilities' programs sign these bytes: a change to this text breaks every one of them.</summary>
    [Fact]
    public void The_canonical_form_never_changes() => Assert.Equal(
        """
        {"type":"issuer-attestation","record":12,"version":3,"content":{"facility":"79001","reference":"1-2","family_name":"Nguy\u1EC5n","given_name":"V\u0103n \u0022\u01A0n\u0022 \u0110\u1EA1t","sex":"M","date_of_birth":"1985-02-03","identity_type":"CCCD","identity_number":"079085000001","nationality":"VNM","product":"EU/1/21/1529","lot":"ABV1","dose_number":"2","dose_kind":"primary","vaccinated_on":"2021-10-29"},"earlier":[{"record":7,"version":1,"digest":"AQID"}],"policy":"last-dose","nonce":"
        """,
        Text(Statement)[..^26]);

    [Fact]
    public void The_same_statement_has_the_same_nonce_and_another_key_another() => Assert.Multiple(
        () => Assert.Equal(Statement.Canonical(Key), Statement.Canonical(Key)),
        () => Assert.NotEqual(Statement.Canonical(Key), Statement.Canonical([.. Key[1..], 1])));

    [Fact]
    public void A_change_to_anything_is_another_statement_with_another_nonce()
    {
        var record = Statement.Dose.Record;
        VaccinationRecord[] records =
        [
            record with { Facility = "1" }, record with { Reference = "2" }, record with { FamilyName = "Lê" },
            record with { GivenName = "An" }, record with { Sex = Sex.Female },
            record with { DateOfBirth = PartialDate.Parse("1985") }, record with { IdentityType = null },
            record with { IdentityNumber = "" }, record with { Nationality = "KOR" },
            record with { Product = "Abdala" },
            record with { Lot = "" }, record with { DoseNumber = null }, record with { DoseKind = null },
            record with { VaccinatedOn = record.VaccinatedOn.AddDays(1) },
        ];
        AttestationStatement[] changed =
        [
            Statement,
            .. records.Select(r => Statement with { Dose = Statement.Dose with { Record = r } }),
            Statement with { Dose = Statement.Dose with { Id = 13 } },
            Statement with { Dose = Statement.Dose with { Version = 4 } },
            Statement with { Earlier = [] },
            Statement with { Earlier = [new ReliedDose(8, 1, [1, 2, 3])] },
            Statement with { Earlier = [new ReliedDose(7, 2, [1, 2, 3])] },
            Statement with { Earlier = [new ReliedDose(7, 1, [1, 2, 4])] },
            Statement with { Earlier = [.. Statement.Earlier, .. Statement.Earlier] },
            Statement with { Policy = AttestationPolicy.EveryDose },
        ];

        Assert.Equal(changed.Length, changed.Select(s => Text(s)[..^26]).Distinct().Count());
        Assert.Equal(changed.Length, changed.Select(s => Text(s)[^26..]).Distinct().Count());
    }

    [Fact]
    public void A_signed_statement_tells_its_record() =>
        Assert.Equal((12, 3), AttestationStatement.Subject(Statement.Canonical(Key)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"record":"12","version":3}""")]
    [InlineData("""{"record":1.5,"version":3}""")]
    [InlineData("""{"record":99999999999999999999,"version":3}""")]
    [InlineData("""{"record":12}""")]
    [InlineData("""{"record":12,"version":3,"a":[[[[[[[[[[]]]]]]]]]]}""")]
    [InlineData("\u0001")]
    public void What_is_no_statement_tells_nothing(string payload) =>
        Assert.Null(AttestationStatement.Subject(Encoding.UTF8.GetBytes(payload)));

    static string Text(AttestationStatement statement) => Encoding.UTF8.GetString(statement.Canonical(Key));
}

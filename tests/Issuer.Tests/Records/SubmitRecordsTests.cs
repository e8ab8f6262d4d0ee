using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Records;

namespace Issuer.Tests.Records;

public class SubmitRecordsTests
{
    static readonly byte[] A = [1];
    static readonly byte[] B = [2];
    static readonly byte[] C = [3];

    /// <summary>Content A was corrected to B: version 2.</summary>
    static readonly KnownRecord Corrected = new(1, 2, B, [A, B]);

    public static TheoryData<string, bool, byte[], long?, SubmitOutcome, FaultCode?> Rows => new()
    {
        { "new", false, A, null, SubmitOutcome.Accepted, null },
        { "corrects something unknown", false, A, 1, SubmitOutcome.Refused, FaultCode.NothingToCorrect },
        { "the same again", true, B, null, SubmitOutcome.Unchanged, null },
        { "the old file again", true, A, null, SubmitOutcome.Unchanged, null },
        { "changed without a version", true, C, null, SubmitOutcome.Refused, FaultCode.KnownReference },
        { "changed with an old version", true, C, 1, SubmitOutcome.Refused, FaultCode.WrongVersion },
        { "changed with a later version", true, C, 3, SubmitOutcome.Refused, FaultCode.WrongVersion },
        { "changed with the current version", true, C, 2, SubmitOutcome.Corrected, null },
        { "back to earlier content", true, A, 2, SubmitOutcome.Corrected, null },
        { "the current content as its own correction", true, B, 2, SubmitOutcome.Unchanged, null },
        { "the correction sent again", true, B, 1, SubmitOutcome.Unchanged, null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_has_one_outcome(
        string what, bool isKnown, byte[] digest, long? corrects, SubmitOutcome outcome, FaultCode? fault)
    {
        var answer = SubmitRecords.Decide(isKnown ? Corrected : null, digest, corrects);

        Assert.True((outcome, fault?.ToWire()) == (answer.Outcome, answer.Fault?.Code), what);
    }

    [Theory]
    [InlineData("M1", "An", "1985", 2, FaultCode.KnownReference)]
    [InlineData("M9", "An", "1985", 2, FaultCode.KnownReference)]
    [InlineData("", "Bé", "1985", 2, FaultCode.KnownReference)]
    [InlineData("M9", "Bé", "1985", 1, FaultCode.KnownReference)]
    [InlineData("M9", "Bé", "1985", 2, FaultCode.ReferenceReused)]
    [InlineData("", "Bé", "1990", 2, FaultCode.ReferenceReused)]
    [InlineData("M1", "Bé", "1990", 2, FaultCode.ReferenceReused)]
    [InlineData("M9", "AN", "1990", 2, FaultCode.ReferenceReused)]
    public void A_reference_is_reused_when_person_and_day_are_others(
        string number, string name, string born, int day, FaultCode fault)
    {
        var known = Corrected with { Dose = DoseOf.Of("M1", "Ân", "1985", new DateOnly(2022, 1, 1)) };

        var dose = DoseOf.Of(number, name, born, new DateOnly(2022, 1, day));
        Assert.Equal(fault.ToWire(), SubmitRecords.Decide(known, C, null, dose).Fault!.Code);
        Assert.Null(SubmitRecords.Decide(known, A, null, DoseOf.Of("", "Bé", "", default)).Fault);
    }

    [Fact]
    public void A_row_is_entered_under_the_first_reference_that_stands_for_no_other_dose()
    {
        var row = Given.Checked(Given.Row() with { References = ReferenceSource.Renumbered });
        var own = DoseOf.Record(row.Record!);
        var other = own with { Day = own.Day.AddDays(1) };
        string Under(params DoseOf?[] known) => SubmitRecords.Referred(
            row,
            reference => known.ElementAtOrDefault(row.References.ToList().IndexOf(reference)) is { } dose
                ? Corrected with { Dose = dose }
                : null).Reference;

        Assert.Equal(["1-1", DerivedReference.Of(row.Record!), DerivedReference.OfPerson(row.Record!)], row.References);
        Assert.Equal(row.References[0], Under());
        Assert.Equal(row.References[0], Under(own));
        Assert.Equal(row.References[1], Under(other));
        Assert.Equal(row.References[1], Under(other, own));
        Assert.Equal(row.References[2], Under(other, own with { Name = "BE", Born = "1990" }));
        Assert.Equal("1-1", SubmitRecords.Referred(Given.Checked(Given.Row()), _ => Corrected with { Dose = other })
            .Reference);
    }

    [Theory]
    [InlineData("079085000001", "79085000001", true)]
    [InlineData("2.60549E+10", "2.60549E+10", true)]
    [InlineData("079085000001", "079085000002", false)]
    public void A_derived_reference_holds_through_lost_zeros_and_stands_for_one_person(
        string one, string other, bool isSame)
    {
        string Of(string number, string name, string day = "2021-08-30") => DerivedReference.Of(Given.Record(
            Given.Row() with
            {
                IdentityNumber = number,
                FullName = name,
                FamilyName = null,
                GivenName = null,
                IdentityType = null,
                VaccinatedOn = day
            }));

        Assert.Equal(isSame, Of(one, "Nguyễn Văn An") == Of(other, "NGUYEN VAN AN"));
        Assert.NotEqual(Of(one, "An"), Of(one, "An", "2021-09-30"));
        Assert.Equal(one.Contains('E', StringComparison.Ordinal), Of(one, "An") != Of(one, "Bé"));
        Assert.DoesNotContain("79085000001", Of(one, "An"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, null, SubmitOutcome.Unchanged, null)]
    [InlineData(2, 1L, SubmitOutcome.Unchanged, null)]
    [InlineData(1, 2L, SubmitOutcome.Refused, FaultCode.Withdrawn)]
    [InlineData(3, 2L, SubmitOutcome.Refused, FaultCode.Withdrawn)]
    [InlineData(3, null, SubmitOutcome.Refused, FaultCode.Withdrawn)]
    public void A_withdrawn_record_is_never_corrected_but_its_file_may_come_again(
        byte content, long? corrects, SubmitOutcome outcome, FaultCode? fault)
    {
        var answer = SubmitRecords.Decide(Corrected with { IsWithdrawn = true }, [content], corrects);

        Assert.Equal((outcome, fault?.ToWire()), (answer.Outcome, answer.Fault?.Code));
        Assert.True(answer.Fault is null or { Field: "reference" });
    }

    [Fact]
    public async Task A_record_of_another_facility_is_refused_before_the_store_sees_it()
    {
        var results = await new SubmitRecords(new NoStore(), Given.SingleActs, Given.Claims).SubmitAsync(
            [Given.Row(), Given.Row() with { Facility = null, Sex = "?" }], Given.OtherFacility, Given.Context,
            Given.Act, default);

        Assert.Equal(FaultCode.NotYourFacility.ToWire(), Assert.Single(results[0].Faults).Code);
        Assert.Equal(FaultCode.BadSex.ToWire(), Assert.Single(results[1].Faults).Code);
        Assert.All(results, row => Assert.Equal((SubmitOutcome.Refused, null), (row.Outcome, row.RecordId)));
    }

    [Fact]
    public void The_digest_tells_every_field_apart_but_not_where_it_was_entered()
    {
        var record = Given.Record();
        VaccinationRecord[] others =
        [
            record with { FamilyName = "Lê" }, record with { GivenName = "An" }, record with { Sex = Sex.Female },
            record with { DateOfBirth = PartialDate.Parse("1985") }, record with { IdentityType = IdentityType.Cmnd },
            record with { IdentityNumber = "" }, record with { Nationality = "KOR" },
            record with { Product = "Abdala" },
            record with { Lot = "" }, record with { DoseNumber = null }, record with { DoseKind = null },
            record with { VaccinatedOn = record.VaccinatedOn.AddDays(1) },
            record with { FamilyName = "Nguyễn Văn", GivenName = "Ab" },
        ];

        Assert.Equal(
            others.Length + 1, others.Append(record).Select(r => Convert.ToHexString(r.Digest())).Distinct().Count());
        Assert.Equal(record.Digest(), (record with { Facility = "x", Reference = "y" }).Digest());
    }

    sealed class NoStore : IRecordStore
    {
        public Task<IReadOnlyList<StoredRow>> SubmitAsync(
            IReadOnlyList<CheckedRow> rows, SingleActs? acts, RegistryClaims? claims, Act act,
            CancellationToken cancel)
        {
            Assert.Empty(rows);
            return Task.FromResult<IReadOnlyList<StoredRow>>([]);
        }
    }
}

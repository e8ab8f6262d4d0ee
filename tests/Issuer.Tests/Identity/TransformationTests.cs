using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Identity;

/// <summary>What is made of a record before the registry is asked, letter for letter.</summary>
public sealed class TransformationTests
{
    [Fact]
    public void Each_choice_among_the_ds_is_stroked_in_its_own_letter_case() => Assert.Equal(
        ["Đad", "Dađ", "Đađ"], Names(Named("Dad"), SuggestionKinds.PlainD));

    [Theory]
    [InlineData("Ddad Da", 15)]
    [InlineData("Ddad Dad", 0)]
    public void A_name_with_more_than_four_ds_is_left_to_a_person(string name, int spellings)
    {
        Assert.Equal(spellings, Names(Named(name), SuggestionKinds.PlainD).Count());
        Assert.DoesNotContain(
            NameTransformations.Of(Named(name)), s => s.Kind == SuggestionKinds.Diacritics);
    }

    [Fact]
    public void Three_words_are_retoned_in_every_choice_and_a_fourth_is_not() => Assert.Equal(
        ["Hoà Hòa Hòa Hòa", "Hòa Hoà Hòa Hòa", "Hoà Hoà Hòa Hòa", "Hòa Hòa Hoà Hòa", "Hoà Hòa Hoà Hòa", "Hòa Hoà Hoà Hòa",
            "Hoà Hoà Hoà Hòa"],
        Names(Named("Hòa Hòa Hòa Hòa"), SuggestionKinds.TonePlacement));

    [Theory]
    [InlineData("hòa", "hoà")]
    [InlineData("hoà", "hòa")]
    [InlineData("òa", "oà")]
    [InlineData("THÚY", "THUÝ")]
    [InlineData("quý", "quý")]
    [InlineData("hoàng", "hoàng")]
    [InlineData("hoa", "hoa")]
    [InlineData("á", "á")]
    public void Only_an_open_pair_of_vowels_has_another_place_for_its_tone(string word, string other) =>
        Assert.Equal(other, TonePlacement.Other(word));

    [Fact]
    public void A_birth_date_is_one_digit_off_up_to_the_day_of_the_dose()
    {
        var record = Given.Record() with
        {
            DateOfBirth = PartialDate.Parse("2021-08-20"),
            VaccinatedOn = new DateOnly(2021, 8, 30),
        };
        var dates = NumberTransformations.OfDate(record).Select(s => s.Corrected!.DateOfBirth.ToString()).ToList();

        Assert.Contains("2021-08-30", dates);
        Assert.DoesNotContain("2021-09-20", dates);
        Assert.Contains("2011-08-20", dates);
        Assert.Contains("2021-08-29", dates);
    }

    [Theory]
    [InlineData(12, 1)]
    [InlineData(11, 0)]
    [InlineData(13, 0)]
    public void Day_and_month_are_swapped_where_both_can_be_either_and_differ(int day, int swapped) => Assert.Equal(
        swapped,
        NumberTransformations.OfDate(Given.Record() with { DateOfBirth = new PartialDate(new DateOnly(1985, 11, day)) })
            .Count(s => s.Kind == SuggestionKinds.DayMonthSwapped));

    [Theory]
    [InlineData(IdentityType.Cccd, 1)]
    [InlineData(IdentityType.Cmnd, 1)]
    [InlineData(IdentityType.Passport, 0)]
    [InlineData(IdentityType.Birth, 0)]
    [InlineData(null, 0)]
    public void Only_numbers_of_the_registry_are_tried_one_digit_off(IdentityType? type, int least)
    {
        var tried = NumberTransformations.OfNumber(Given.Record() with { IdentityType = type }).ToList();

        Assert.Equal(least, Math.Min(1, tried.Count));
        Assert.DoesNotContain(tried, s => s.Corrected!.IdentityNumber == Given.Number(1));
    }

    [Theory]
    [InlineData(IdentityType.Cccd, "024000012", "Cmnd 024000012,Cccd 000024000012")]
    [InlineData(null, "24000012", "Cccd 000024000012,Cmnd 024000012")]
    [InlineData(null, "024000012", "Cccd 000024000012")]
    [InlineData(null, "0240000122", "Cccd 000240000122,Cmnd 024000012")]
    [InlineData(null, "0240000123", "Cccd 000240000123")]
    [InlineData(IdentityType.Cmnd, "O24OOOO1l", "Cmnd 024000011,Cccd 000024000011")]
    [InlineData(IdentityType.Passport, "024000012", "")]
    [InlineData(IdentityType.Birth, "024000012", "")]
    [InlineData(null, "7", "Cccd 000000000007,Cmnd 000000007")]
    public void A_malformed_number_may_have_been_these(IdentityType? type, string number, string forms) => Assert.Equal(
        forms, string.Join(',', NumberTransformations.OfForm(
            Given.Record() with { IdentityType = type, IdentityNumber = number })
            .Select(s => $"{s.Corrected!.IdentityType} {s.Corrected.IdentityNumber}")));

    static IEnumerable<string> Names(VaccinationRecord record, string kind) =>
        NameTransformations.Of(record).Where(s => s.Kind == kind).Select(s => s.Corrected!.FullName);

    static VaccinationRecord Named(string name) => Given.Record(
        Given.Row() with { FamilyName = null, GivenName = null, FullName = name });
}

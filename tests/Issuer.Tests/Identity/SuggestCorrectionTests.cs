using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Identity;

public class SuggestCorrectionTests
{
    [Theory]
    [InlineData("Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "tone-placement")]
    [InlineData("Nguyễn Thị Hòa", "Nguyễn Thị Hoà", "tone-placement")]
    [InlineData("Lê Thúy", "Lê Thuý", "tone-placement")]
    [InlineData("LÊ THÚY", "Lê Thuý", "tone-placement")]
    [InlineData("Phạm Khoẻ", "Phạm Khỏe", "tone-placement")]
    [InlineData("Thi\u0323 Hoa\u0300", "Thị Hòa", "tone-placement")]
    [InlineData("Nguyen Thi Hoa", "Nguyễn Thị Hòa", "diacritics")]
    [InlineData("Đỗ Đức", "Đỗ Dức", "diacritics")]
    [InlineData("Lê Quy", "Lê Quý", "diacritics")]
    [InlineData("Lê Òa", "Lê Oà", "tone-placement")]
    [InlineData("Văn An Nguyễn", "Nguyễn Văn An", "name-order")]
    [InlineData("An Nguyễn Văn", "Nguyễn Văn An", "name-order")]
    [InlineData("Trần Văn An", "Nguyễn Văn An", null)]
    public async Task A_name_is_offered_what_was_done_to_it(string typed, string registered, string? kind) =>
        Assert.Equal(kind, await SuggestAsync(
            Given.Row() with { FamilyName = null, GivenName = null, FullName = typed },
            IdentityFields.Name, registered, "1985-02-03"));

    [Theory]
    [InlineData("Lê Quý")]
    [InlineData("Lê Hoàng")]
    [InlineData("Lê Hoàn")]
    [InlineData("Lê Thuỷ Tiên Loan")]
    public async Task Only_open_syllables_are_asked_for_with_their_tone_elsewhere(string name)
    {
        var registry = new OnePerson("Ai Đó", "1985-02-03");
        var record = Given.Record(Given.Row() with { FamilyName = null, GivenName = null, FullName = name });

        await SuggestCorrection.ForAsync(registry, [Mismatch(record, IdentityFields.Name, false)], default);

        // The others ask for another order of the words.
        var retoned = registry.Asked.Where(query => query.FullName.StartsWith("Lê ", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(name.Contains("Thuỷ", StringComparison.Ordinal) ? 1 : 0, retoned.Count);
        Assert.All(retoned, query => Assert.Equal("Lê Thủy Tiên Loan", query.FullName));
    }

    [Fact]
    public async Task Family_and_given_name_in_each_others_place_are_noticed() => Assert.Equal(
        "name-order",
        await SuggestAsync(
            Given.Row() with { FamilyName = "Văn An", GivenName = "Nguyễn" },
            IdentityFields.Name, "Nguyễn Văn An", "1985-02-03"));

    [Theory]
    [InlineData("03/02/1985", "1985-03-02", "day-month-swapped")]
    [InlineData("13/02/1985", "1985-02-14", "digit-off")]
    [InlineData("02/02/1985", "1985-02-03", "digit-off")]
    [InlineData("1985", "1985-02-03", null)]
    public async Task Day_and_month_in_each_others_place_or_one_digit_off_are_noticed(
        string typed, string registered, string? kind) =>
        Assert.Equal(kind, await SuggestAsync(
            Given.Row() with { DateOfBirth = typed }, IdentityFields.DateOfBirth, "Nguyễn Văn Ab", registered));

    [Fact]
    public async Task Two_wrong_fields_want_a_persons_eye()
    {
        var registry = new OnePerson("Nguyễn Văn Ab", "1985-02-03");
        var record = Given.Record(Given.Row() with { DateOfBirth = "02/03/1985" });

        Assert.Empty(await SuggestCorrection.ForAsync(
            registry, [Mismatch(record, IdentityFields.DateOfBirth | IdentityFields.Sex, false)], default));
        Assert.Empty(registry.Asked);
    }

    /// <summary>Three words with another orthography and four plain ds: 129 spellings, and the cap is 120.</summary>
    [Theory]
    [InlineData(119, true)]
    [InlineData(120, false)]
    public async Task Of_a_name_with_many_spellings_120_are_asked_for(int spelling, bool isFound)
    {
        var record = Given.Record(Given.Row() with
        {
            FamilyName = null,
            GivenName = null,
            FullName = "Ddad Dua Hòa Thúy Khỏe",
        });
        var spellings = NameTransformations.Of(record).Select(s => s.Corrected!.FullName).ToList();
        Assert.True(spellings.Distinct().Count() == spellings.Count && spellings.Count > SuggestCorrection.MostLookUps);
        var registry = new OnePerson(spellings[spelling], "1985-02-03");

        var found = await SuggestCorrection.ForAsync(
            registry, [Mismatch(record, IdentityFields.Name, false)], default);

        Assert.Equal(120, registry.Asked.Count);
        // A guess looks for nobody by the other fields.
        Assert.All(registry.Asked, query => Assert.True(query.ByNumberOnly));
        Assert.Equal(isFound, found.Count == 1);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Whoever_corrects_a_third_time_is_guessing(int version, bool isSuggested)
    {
        var registry = new OnePerson("Nguyễn Thị Hòa", "1985-02-03");
        var record = Given.Record(Given.Row() with
        {
            FamilyName = null,
            GivenName = null,
            FullName = "Nguyễn Thị Hoà",
        });
        var mismatch = Mismatch(record, IdentityFields.Name, true);

        var found = await SuggestCorrection.ForAsync(
            registry, [mismatch with { Record = mismatch.Record with { Version = version } }], default);

        Assert.Equal(isSuggested, found.Count == 1);
        Assert.Equal(isSuggested, registry.Asked.Count > 0);
    }

    [Theory]
    [InlineData("NGUYỄN  Văn an", "Nguyễn Văn An", true)]
    [InlineData("Nguye\u0302\u0303n", "Nguyễn", true)]
    [InlineData("Hòa", "Hoà", false)]
    [InlineData("Đức", "Dức", false)]
    [InlineData("Nguyen", "Nguyễn", false)]
    public void Names_are_compared_letter_for_letter_whatever_case_space_and_normal_form(
        string one, string other, bool isSame)
    {
        Assert.Equal(isSame, NameKey.Of(one) == NameKey.Of(other));
        Assert.Equal(NameKey.WithoutMarks(one), NameKey.WithoutMarks(other));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void A_fourth_number_for_one_person_is_looking_for_one(int numbers, bool isProbing) =>
        Assert.Equal(isProbing, SuggestCorrection.IsProbing(numbers));

    [Fact]
    public void Only_another_number_is_one_that_guessing_could_wring_from_us()
    {
        var record = Given.Record();
        var mismatch = Mismatch(record, IdentityFields.IdentityNumber, false);
        Suggestion Of(string kind, VaccinationRecord? corrected) => new(kind, corrected);

        Assert.True(SuggestCorrection.TellsANumber(mismatch with
        {
            Suggestion = Of(SuggestionKinds.DigitOff, record with { IdentityNumber = Given.Number(2) }),
        }));
        Assert.False(SuggestCorrection.TellsANumber(mismatch with { Suggestion = Of(SuggestionKinds.DigitOff, record) }));
        Assert.False(SuggestCorrection.TellsANumber(mismatch with { Suggestion = Of(SuggestionKinds.DigitOff, null) }));
        Assert.False(SuggestCorrection.TellsANumber(mismatch));
        Assert.False(SuggestCorrection.TellsANumber(mismatch with
        {
            Suggestion = Of(SuggestionKinds.NumberForm, record with { IdentityNumber = Given.Number(2) }),
        }));
    }

    static async Task<string?> SuggestAsync(RecordRow row, IdentityFields differs, string name, string born)
    {
        var record = Given.Record(row);
        var marksOnly = NameKey.WithoutMarks(record.FullName) == NameKey.WithoutMarks(name);
        return (await SuggestCorrection.ForAsync(
            new OnePerson(name, born), [Mismatch(record, differs, marksOnly)], default)).GetValueOrDefault(1)?.Kind;
    }

    static MatchedRecord Mismatch(VaccinationRecord record, IdentityFields differs, bool marksOnly) =>
        new(new StoredRecord(1, 1, record), RecordState.Mismatched, differs, null, marksOnly);

    /// <summary>A register of one, who matches by name and birth date.</summary>
    sealed class OnePerson(string name, string born) : IPopulationRegistry
    {
        public List<RegistryQuery> Asked { get; } = [];

        public Task<IReadOnlyList<RegistryAnswer?>> LookUpAsync(
            IReadOnlyList<RegistryQuery> queries, CancellationToken cancel)
        {
            Asked.AddRange(queries);
            var person = new RegistryPerson(Given.Number(1), null, "", name, Sex.Male, PartialDate.Parse(born));
            return Task.FromResult<IReadOnlyList<RegistryAnswer?>>([.. queries.Select(q =>
                NameKey.Of(q.FullName) == NameKey.Of(name) && q.DateOfBirth.ToString() == born
                    ? new RegistryAnswer(IdentityFields.None, person)
                    : RegistryAnswer.NotFound)]);
        }
    }
}

using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Identity;

public sealed class SuggestionKindsTests
{
    static readonly RegistryPerson Truth = new(
        "079085000012", "024000012", "Đặng", "Đình Hòa", Sex.Male, PartialDate.Parse("1985-02-03"));

    [Theory]
    [InlineData("date_of_birth", "1985-03-02", "day-month-swapped")]
    [InlineData("date_of_birth", "1986-02-03", "digit-off")]
    [InlineData("date_of_birth", "1985-02-13", "digit-off")]
    [InlineData("full_name", "Đình Hòa Đặng", "name-order")]
    [InlineData("full_name", "Đặng Đình Hoà", "tone-placement")]
    [InlineData("full_name", "Dặng Đình Hòa", "plain-d")]
    [InlineData("full_name", "Dặng Dình Hòa", "plain-d")]
    [InlineData("full_name", "Dặng Dình Hoà", "diacritics")]
    [InlineData("identity_number", "079085000013", "digit-off")]
    [InlineData("identity_number", "079185000012", "digit-off")]
    [InlineData("identity_number", "078085000012", "digit-off")]
    [InlineData("identity_number", "79085000012", "number-form")]
    [InlineData("identity_number", "79.085.000.012", "number-form")]
    [InlineData("identity_number", "O79O85OOOO12", "number-form")]
    [InlineData("identity_number", "0790850000122", "number-form")]
    [InlineData("identity_number", "24000012", "number-form")]
    public async Task A_transformation_of_what_was_sent_that_matches_is_suggested_whole(
        string field, string sent, string kind)
    {
        var suggestion = await SuggestAsync(Sent(field, sent));

        Assert.Equal(kind, suggestion?.Kind);
        Assert.NotNull(Registry.Answer(DecideMatch.QueryOf(suggestion!.Corrected!)).Person);
    }

    [Theory]
    [InlineData("full_name", "Dang Dinh Hoa", "diacritics")]
    [InlineData("identity_number", "012345678", "number-superseded")]
    public async Task Where_only_the_registry_knows_the_value_the_kind_alone_is_told(
        string field, string sent, string kind) =>
        Assert.Equal(new Suggestion(kind, null), await SuggestAsync(Sent(field, sent)));

    [Theory]
    [InlineData("date_of_birth", "1976-03-14")]
    [InlineData("full_name", "Đặng Văn Khác")]
    [InlineData("identity_number", "079085000134")]
    [InlineData("sex", "F")]
    public async Task What_no_transformation_makes_right_gets_no_suggestion(string field, string sent) =>
        Assert.Null(await SuggestAsync(Sent(field, sent)));

    [Fact]
    public async Task Two_wrong_fields_are_left_to_a_person() => Assert.Null(await SuggestAsync(
        Sent("date_of_birth", "1985-03-02") with { FullName = "Đặng Đình Hoà" }));

    [Fact]
    public async Task A_record_corrected_again_and_again_gets_no_more_suggestions()
    {
        var row = Sent("date_of_birth", "1985-03-02");
        Assert.NotNull(await SuggestAsync(row, SuggestCorrection.LastVersion));
        Assert.Null(await SuggestAsync(row, SuggestCorrection.LastVersion + 1));
    }

    [Fact]
    public async Task No_record_costs_more_look_ups_than_the_limit()
    {
        var registry = new Registry();
        var worst = Sent("identity_number", "012999999999");
        await SuggestAsync(worst, 1, registry);
        Assert.InRange(registry.Asked, 2, 1 + SuggestCorrection.MostLookUps);
    }

    static RecordRow Sent(string field, string value)
    {
        var right = Given.Row() with
        {
            FamilyName = null,
            GivenName = null,
            FullName = "Đặng Đình Hòa",
            IdentityNumber = Truth.Number,
            IdentityType = null,
        };
        return field switch
        {
            "date_of_birth" => right with { DateOfBirth = value },
            "full_name" => right with { FullName = value },
            "sex" => right with { Sex = value },
            _ => right with { IdentityNumber = value },
        };
    }

    static async Task<Suggestion?> SuggestAsync(RecordRow row, long version = 1, Registry? registry = null)
    {
        registry ??= new Registry();
        var stored = new StoredRecord(7, version, Given.Record(row));
        var answer = (await registry.LookUpAsync([DecideMatch.QueryOf(stored.Record)], default))[0];
        var result = DecideMatch.Decide(stored, answer);
        return (await SuggestCorrection.ForAsync(registry, [result], default)).GetValueOrDefault(7);
    }

    /// <summary>One person, right or wrong per field, as the national exchange answers.</summary>
    sealed class Registry : IPopulationRegistry
    {
        public int Asked { get; private set; }

        public Task<IReadOnlyList<RegistryAnswer?>> LookUpAsync(
            IReadOnlyList<RegistryQuery> queries, CancellationToken cancel)
        {
            Asked += queries.Count;
            return Task.FromResult<IReadOnlyList<RegistryAnswer?>>([.. queries.Select(Answer)]);
        }

        public static RegistryAnswer Answer(RegistryQuery query)
        {
            var full = $"{Truth.FamilyName} {Truth.GivenName}";
            var wrong = (NameKey.Of(query.FullName) == NameKey.Of(full) ? 0 : IdentityFields.Name)
                | (query.Sex == Truth.Sex ? 0 : IdentityFields.Sex)
                | (query.DateOfBirth == Truth.DateOfBirth ? 0 : IdentityFields.DateOfBirth)
                | (query.Number == Truth.Number || query.Number == Truth.OldNumber ? 0 : IdentityFields.IdentityNumber);
            return new RegistryAnswer(wrong, wrong == 0 ? Truth : null,
                NameKey.WithoutMarks(query.FullName) == NameKey.WithoutMarks(full));
        }
    }
}

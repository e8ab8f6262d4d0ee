using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Identity;

/// <summary>Which person a document finds.</summary>
public sealed class ResolvePersonsTests
{
    const string New = "VNM:079085000001";
    const string Other = "VNM:079085000002";
    const string Old = "VNM:024000001";
    const string Passport = "P:KOR:M1";

    static readonly SubjectIdentity Person = Named("An", New);

    [Fact]
    public void An_unknown_document_opens_a_person_and_the_same_batch_finds_them()
    {
        var persons = Resolving();

        Assert.Equal(100, persons.Resolve(Matched(Person)).SubjectId);
        Assert.Equal(100, persons.Resolve(Matched(Person)).SubjectId);

        Assert.Equal(100, Assert.Single(persons.Opened).Id);
        Assert.Equal([(New, 100L)], persons.Documents);
    }

    [Fact]
    public void A_new_number_beside_an_old_one_finds_whoever_had_the_old_one()
    {
        var persons = Resolving(new KnownPerson(7, Named("An", Old), HasDoses: true, CurrentNumber: null));

        Assert.Equal(7, persons.Resolve(Matched(Named("An", New, Old))).SubjectId);

        Assert.Empty(persons.Opened);
        Assert.Equal([(New, 7L)], persons.Documents);
    }

    [Fact]
    public void A_nine_digit_number_that_was_given_twice_finds_nobody_known_by_another_twelve_digits()
    {
        var persons = Resolving(new KnownPerson(7, Named("An", Old), HasDoses: true, CurrentNumber: Other));

        Assert.Equal(100, persons.Resolve(Matched(Named("An", New, Old))).SubjectId);
        Assert.Equal([(New, 100L)], persons.Documents);
    }

    [Fact]
    public void The_register_renames_and_says_so_once()
    {
        var persons = Resolving(new KnownPerson(7, Person, HasDoses: true, CurrentNumber: New));

        persons.Resolve(Matched(Named("Anh", New)));
        persons.Resolve(Matched(Named("Anh", New)));

        Assert.Equal("Anh", Assert.Single(persons.Renamed).Identity.GivenName);
    }

    [Fact]
    public void A_passport_renames_nobody_on_whom_a_dose_rests_but_waits()
    {
        var persons = Resolving(new KnownPerson(7, Named("Min Ji", Passport), HasDoses: true, CurrentNumber: null));

        var (result, subject) = persons.Resolve(Exempt(Named("Min Jae", Passport)));

        Assert.Equal((RecordState.Mismatched, IdentityFields.Name, null), (result.State, result.Differs, subject));
        Assert.Empty(persons.Renamed);
    }

    [Fact]
    public void A_passport_renames_somebody_on_whom_nothing_rests()
    {
        var persons = Resolving(new KnownPerson(7, Named("Min Ji", Passport), HasDoses: false, CurrentNumber: null));

        Assert.Equal(7, persons.Resolve(Exempt(Named("Min Jae", Passport))).SubjectId);
        Assert.Equal("Min Jae", Assert.Single(persons.Renamed).Identity.GivenName);
    }

    [Fact]
    public void Within_a_batch_too_a_number_that_was_given_twice_finds_only_the_first()
    {
        var persons = Resolving();

        Assert.Equal(100, persons.Resolve(Matched(Named("An", New, Old))).SubjectId);
        Assert.Equal(101, persons.Resolve(Matched(Named("Anh", Other, Old))).SubjectId);
        Assert.Equal([100L, 101L], persons.Opened.Select(person => person.Id));
        Assert.Equal([(New, 100L), (Old, 100L), (Other, 101L)], persons.Documents);
    }

    [Fact]
    public void Within_a_batch_too_a_second_name_under_one_passport_waits()
    {
        var persons = Resolving();

        Assert.Equal(100, persons.Resolve(Exempt(Named("Min Ji", Passport))).SubjectId);
        Assert.Null(persons.Resolve(Exempt(Named("Min Jae", Passport))).SubjectId);
    }

    [Fact]
    public void What_did_not_match_is_nobodys()
    {
        var persons = Resolving();

        Assert.Null(persons.Resolve(Matched(Person) with { State = RecordState.NotFound, Subject = null }).SubjectId);
        Assert.Empty(persons.Opened);
    }

    static ResolvePersons Resolving(params KnownPerson[] known) => new(
        new KnownPersons(
            known.SelectMany(p => p.Identity.Documents.Select(d => (d, p.Id)))
                .ToDictionary(p => p.d, p => p.Id), known),
        nextId: 100);

    static SubjectIdentity Named(string given, params string[] documents) =>
        new("Nguyễn", given, Sex.Male, PartialDate.Parse("1985-02-03"), documents);

    static MatchedRecord Matched(SubjectIdentity person) => new(
        new StoredRecord(1, 1, Given.Record()), RecordState.Matched, IdentityFields.None, person);

    static MatchedRecord Exempt(SubjectIdentity person) => Matched(person) with { State = RecordState.Exempt };
}

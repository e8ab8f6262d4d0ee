using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Policies;

namespace Issuer.Tests.Policies;

public sealed class PolicyBookTests
{
    static readonly DateOnly Today = PolicyBook.DayOf(Given.Now);

    [Fact]
    public void Where_nothing_was_imported_what_is_shipped_holds_as_version_0()
    {
        var holding = new PolicyBook([]).HoldingOn(PolicyKinds.ExemptCap, Today);

        Assert.Equal((0L, PolicyOrigin.Shipped), (holding.Version, holding.Origin));
        Assert.Equal(new(20, 5), new PolicyBook([]).At(Given.Now).ExemptCap);
    }

    [Theory]
    [InlineData("2026-02-28T16:59:59Z", 1)]
    [InlineData("2026-02-28T17:00:00Z", 2)]
    [InlineData("2026-12-31T17:00:00Z", 3)]
    public void A_version_holds_from_the_first_moment_of_its_day_in_Vietnam(string now, long version)
    {
        var book =
            new PolicyBook([Version(2, "2026-03-01", 2), Version(3, "2027-01-01", 3), Version(1, "2026-01-01", 1)]);

        Assert.Equal(version, book.At(Instant(now)).ExemptCap.Least);
    }

    [Fact]
    public void Of_two_that_begin_on_one_day_the_later_version_holds()
    {
        var book = new PolicyBook([Version(1, "2026-03-01", 1), Version(2, "2026-03-01", 2)]);
        Assert.Equal(2, book.HoldingOn(PolicyKinds.ExemptCap, Today).Version);
    }

    [Fact]
    public void An_import_follows_the_last_version_though_another_holds_today()
    {
        var book = new PolicyBook([Version(1, "2026-01-01", 1), Version(2, "2027-01-01", 2)]);
        Assert.Equal(3, DecidePolicyImport.Next(book, Document("2026-06-01", 3), Given.Act).Value!.Version);
    }

    [Fact]
    public void A_document_that_would_never_hold_or_changes_nothing_is_refused()
    {
        var book = new PolicyBook([Version(1, "2026-02-01", 1)]);

        Assert.Equal(
            "the policy is refused: validFrom: must not be before 2026-02-01, when version 1 began: "
                + "it would never hold",
            DecidePolicyImport.Next(book, Document("2026-01-31", 2), Given.Act).Rejection?.Detail);
        Assert.Equal(
            (RejectionKind.Conflict, "version 1 of exempt-cap says the same"),
            DecidePolicyImport.Next(book, Document("2026-02-01", 1), Given.Act).Rejection is { } why
                ? (why.Kind, why.Detail) : default);
    }

    [Fact]
    public void A_document_may_take_the_place_of_one_that_began_on_its_day() => Assert.Equal(
        2, DecidePolicyImport.Next(
            new PolicyBook([Version(1, "2026-02-01", 1)]), Document("2026-02-01", 5), Given.Act).Value?.Version);

    [Fact]
    public void What_a_second_person_says_yes_to_names_the_version_before_and_its_digest()
    {
        var document = Document("2026-06-01", 9);
        static PolicyVersion Next(PolicyBook book, PolicyDocument document) =>
            DecidePolicyImport.Next(book, document, Given.Act).Value!;
        PolicyBook[] books =
        [
            new([]), new([Version(1, "2026-01-01", 1)]), new([Version(1, "2026-01-01", 2)]),
            new([Version(1, "2026-01-01", 1), Version(2, "2026-01-01", 1)]),
        ];

        Assert.Equal(books.Length, books.Select(book =>
            ImportPolicyAct.SetOf(book, Next(book, document)).Text).Distinct().Count());
    }

    internal static PolicyDocument Document(string from, int least) => PolicyDocument.Trusted(
        System.Text.Encoding.UTF8.GetBytes(
            $$"""{"kind":"exempt-cap","validFrom":"{{from}}","least":{{least}},"percent":5}"""));

    static PolicyVersion Version(long number, string from, int least) =>
        new(Document(from, least), number, PolicyOrigin.Imported, Given.Act);

    static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

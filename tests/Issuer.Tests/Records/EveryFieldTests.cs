using System.Text;
using System.Text.Json;
using Issuer.Core.Certificates;
using Issuer.Core.Facilities;
using Issuer.Core.Records;

namespace Issuer.Tests.Records;

/// <summary>
/// Whoever adds a field to a record and forgets it somewhere is told here, in the store suite of the same name and in
/// that of the server.
/// </summary>
public class EveryFieldTests
{
    static readonly string[] Fixed = ["facility", "reference"];

    [Fact]
    public void Every_field_has_values_of_its_own_to_be_tried_with() => Assert.Equal(
        EveryField.Properties().Select(p => p.Name).Order(), EveryField.Names.Concat(Fixed).Order());

    /// <summary>A full name becomes a given name, and what a row corrects is no content of it.</summary>
    [Fact]
    public void Whatever_can_be_typed_becomes_a_field() => Assert.Equal(
        EveryField.Names.Concat([.. Fixed, "full_name", "corrects"]).Order(), RecordFields.Names.Order());

    [Fact]
    public void Every_field_is_checked_into_the_record()
    {
        var typed = EveryField.Typed(Given.Facility, "every");
        EveryField.AssertIs(typed, Given.Record(EveryField.RowOf(typed)));
    }

    [Fact]
    public void Every_field_comes_back_when_a_stored_record_is_sent_again()
    {
        var record = Given.Record(EveryField.RowOf(EveryField.Typed(Given.Facility, "every")));
        Assert.Equal(record, Given.Record(RecordFields.RowOf(record)));
    }

    [Fact]
    public void Every_cell_is_written_under_its_name()
    {
        var cells = RecordFields.CellsOf(RecordFields.RowOf(name => name));
        Assert.Equal(RecordFields.Names, cells);
    }

    [Fact]
    public void Every_field_is_signed_under_its_name()
    {
        var typed = EveryField.Typed(Given.Facility, "every");
        using var json = JsonDocument.Parse(StatementOf(typed));
        Assert.Equal(
            typed.OrderBy(f => f.Key),
            json.RootElement.GetProperty("content").EnumerateObject()
                .Select(p => KeyValuePair.Create(p.Name, p.Value.GetString()!)).OrderBy(f => f.Key));
    }

    public static TheoryData<string> Fields() => new(EveryField.Names);

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_change_of_any_field_is_another_content_and_another_statement(string field)
    {
        var before = EveryField.Typed(Given.Facility, "every");
        var after = EveryField.Typed(Given.Facility, "every", name => name == field);

        Assert.NotEqual(DigestOf(before), DigestOf(after));
        Assert.NotEqual(StatementOf(before), StatementOf(after));
    }

    [Fact]
    public void The_digests_of_what_was_stored_before_are_the_same_today()
    {
        var typed = EveryField.Typed(Given.Facility, "every");
        Assert.Equal("c1ebb9c0e372cdf7f54c9c8568e040e1d6c840d3946db6e0282f86bac2c12a94", DigestOf(typed));
    }

    static string DigestOf(Dictionary<string, string> typed) =>
        Convert.ToHexStringLower(Given.Record(EveryField.RowOf(typed)).Digest());

    static string StatementOf(Dictionary<string, string> typed) => Encoding.UTF8.GetString(new AttestationStatement(
        new StoredRecord(1, 1, Given.Record(EveryField.RowOf(typed))), [], AttestationPolicy.LastDose).Canonical(
            new byte[32]));
}

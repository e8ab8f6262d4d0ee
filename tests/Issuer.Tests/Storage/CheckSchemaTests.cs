using Issuer.Storage.Schema;

namespace Issuer.Tests.Storage;

/// <summary>Which stores a program works on: two scripts, of which the second is optional.</summary>
public sealed class CheckSchemaTests
{
    static readonly SchemaScript First = SchemaScript.Parse(
        "0001_first.sql", "-- expand: the first tables\ncreate table setting (name text);");

    static readonly SchemaScript Second = SchemaScript.Parse(
        "0002_second.sql",
        "-- expand: faster\n-- optional: only faster\n-- index: many\ncreate index i on setting (name);");

    static readonly SchemaScript Third = SchemaScript.Parse(
        "0003_third.sql", "-- contract: a column goes\nalter table setting drop column name;");

    static readonly HashSet<string> Columns = ["number", "kind", "checksum", "step", "done_to"];

    static readonly SchemaScript[] Known = [First, Second, Third];

    [Fact]
    public void Nothing_at_all_is_empty_and_nobodys()
    {
        Assert.True(FoundSchema.Nothing.IsEmpty);
        Assert.True(Found(["schema_version"]).IsEmpty);
        Assert.Null(Refusal(FoundSchema.Nothing));
    }

    [Fact]
    public void A_table_of_versions_that_are_not_numbers_is_another_tools() => Assert.Contains(
        "not this program's",
        Refusal(new FoundSchema(
            new HashSet<string> { "schema_version" }, new HashSet<string> { "installed_rank", "version" }, [])),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("patients")]
    [InlineData("schema_version", "patients")]
    [InlineData("setting")]
    public void Tables_without_our_numbers_are_somebody_elses(params string[] tables) =>
        Assert.Contains("not this program's", Refusal(Found(tables)), StringComparison.Ordinal);

    [Fact]
    public void Our_numbers_without_our_first_table_are_somebody_elses() =>
        Assert.Contains(
            "not this program's", Refusal(Found(["schema_version", "patients"], Row(First))), StringComparison.Ordinal);

    [Fact]
    public void What_this_program_made_is_its_own() => Assert.Null(Refusal(Ours([.. Known.Select(Row)])));

    [Fact]
    public void What_a_program_made_that_kept_numbers_alone_is_ours() =>
        Assert.Null(Refusal(Ours(new SchemaRow(1, null, null, null, null), new SchemaRow(3, null, null, null, null))));

    [Theory]
    [InlineData("expand", false, null)]
    [InlineData("expand", true, null)]
    [InlineData("contract", false, "does not know (script 0009)")]
    [InlineData("contract", true, "does not know (script 0009)")]
    [InlineData(null, false, "does not know (script 0009)")]
    [InlineData("other", false, "does not know (script 0009)")]
    public void An_unknown_script_is_accepted_only_when_it_says_that_older_programs_run_on_it(
        string? kind, bool isHalfDone, string? refusal)
    {
        var why = Refusal(Ours(Row(First), new SchemaRow(9, kind, "ab", isHalfDone ? 0 : null, null)));
        Assert.Equal(refusal is null, why is null);
        Assert.Contains(refusal ?? "", why ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public void A_known_script_with_another_checksum_is_refused_done_or_begun(long? step) => Assert.Contains(
        "script 0003 is not the one", Refusal(Ours(Row(First), Row(Third) with { Checksum = "ab", Step = step })),
        StringComparison.Ordinal);

    [Fact]
    public void A_store_lacks_what_is_needed_and_not_done()
    {
        Assert.Equal([First, Third], CheckSchema.LackingIn(FoundSchema.Nothing, Known));
        Assert.Equal([Third], CheckSchema.LackingIn(Ours(Row(First)), Known));
        Assert.Equal([Third], CheckSchema.LackingIn(Ours(Row(First), Row(Third) with { Step = 0 }), Known));
        Assert.Empty(CheckSchema.LackingIn(Ours(Row(First), Row(Third)), Known));
        Assert.Equal([Second], CheckSchema.UndoneIn(Ours(Row(First), Row(Third)), Known));
    }

    static string? Refusal(FoundSchema found) => CheckSchema.RefusalOf(found, Known, "the store");

    static SchemaRow Row(SchemaScript script) =>
        new(script.Number, CheckSchema.WireOf(script.Kind), script.Checksum, null, null);

    static FoundSchema Ours(params SchemaRow[] rows) => Found(["schema_version", "setting"], rows);

    static FoundSchema Found(string[] tables, params SchemaRow[] rows) => new(
        tables.ToHashSet(), tables.Contains("schema_version") ? Columns : [], rows);
}

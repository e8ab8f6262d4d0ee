using System.Globalization;
using Issuer.Storage.Schema;

namespace Issuer.Tests.Storage;

public sealed class SchemaScriptTests
{
    [Theory]
    [InlineData("create table t (id bigint);")]
    [InlineData("-- expand:\ncreate table t (id bigint);")]
    [InlineData("-- Some words.\n-- expand: a table\ncreate table t (id bigint);")]
    public void A_script_that_does_not_begin_with_its_kind_and_why_is_none(string text) =>
        Assert.Throws<FormatException>(() => SchemaScript.Parse("0001_first.sql", text));

    [Fact]
    public void A_script_is_its_number_its_name_its_kind_and_one_change()
    {
        var script = SchemaScript.Parse("0021_names.sql", "-- contract: a column goes\nalter table t drop column c;\n");
        Assert.Equal(
            (21, "names", ScriptKind.Contract, true), (script.Number, script.Name, script.Kind, script.IsNeeded));
        Assert.Equal("0021_names", script.Title);
        Assert.Contains("drop column c", Assert.IsType<ChangeStep>(Assert.Single(script.Steps)).Sql,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_is_divided_where_it_says_so()
    {
        var script = SchemaScript.Parse(
            "0021_names.sql",
            """
            -- expand: a column and its index
            -- optional: it only makes a list faster
            alter table t add column c text;
            -- fill t.id: c was in d
            update t set c = d where id > @from and id <= @to;
            -- index: of many rows
            -- Looked for by name.
            create index t_c on t (c)
                where c is not null;
            create unique index if not exists t_d on t (d);
            -- change: the rest
            drop index t_e;
            """);
        Assert.False(script.IsNeeded);
        Assert.Collection(script.Steps,
            step => Assert.IsType<ChangeStep>(step),
            step =>
            {
                var fill = Assert.IsType<FillStep>(step);
                Assert.Equal(("t", "id"), (fill.Table, fill.Key));
            },
            step => Assert.Equal(
                [("create index", "t_c"), ("create unique index", "t_d")],
                Assert.IsType<IndexStep>(step).Indexes.Select(index => (index.Begins, index.Name))),
            step => Assert.Contains("drop index t_e", Assert.IsType<ChangeStep>(step).Sql, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_indexes_are_built_while_others_write() => Assert.Throws<FormatException>(() => SchemaScript.Parse(
        "0021_names.sql", "-- expand: a table\n-- index: of many rows\ncreate table u (id bigint);"));

    [Fact]
    public void The_checksum_is_of_every_letter_but_not_of_how_lines_end()
    {
        const string Text = "-- expand: a table\ncreate table t (id bigint);\n";
        var script = SchemaScript.Parse("0021_names.sql", Text);
        Assert.Equal(script.Checksum, SchemaScript.Parse("0021_names.sql", Text.ReplaceLineEndings("\r\n")).Checksum);
        Assert.NotEqual(
            script.Checksum,
            SchemaScript.Parse("0021_names.sql", Text.Replace("a table", "one", StringComparison.Ordinal)).Checksum);
    }

    [Fact]
    public void Every_gap_in_the_numbers_has_its_reason()
    {
        using var reader = new StreamReader(
            typeof(SchemaScript).Assembly.GetManifestResourceStream("Issuer.Storage.Schema.gaps.txt")!);
        var explained = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2)).ToList();
        Assert.All(explained, line => Assert.True(line[1].Length > 20, line[1]));

        var numbers = SchemaScript.All.Select(script => script.Number).ToList();
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.Equal(
            Enumerable.Range(1, (int)numbers[^1]).Select(n => (long)n).Except(numbers),
            explained.SelectMany(line => NumbersOf(line[0])));
    }

    /// <summary>Of one number, or of the first and the last as <c>16-29</c>.</summary>
    static IEnumerable<long> NumbersOf(string gap)
    {
        var ends = gap.Split('-').Select(end => long.Parse(end, CultureInfo.InvariantCulture)).ToList();
        for (var number = ends[0]; number <= ends[^1]; number++)
        {
            yield return number;
        }
    }
}

using System.Text.RegularExpressions;

namespace Issuer.Tests.Architecture;

/// <summary>
/// What a row means is said in <c>Issuer.Storage.Predicates</c> and nowhere else: two statements that say it each for
/// themselves are one day no longer of one mind.
/// </summary>
public partial class SqlVocabularyTests
{
    [Fact]
    public void No_statement_says_for_itself_what_a_row_means() => Assert.Empty(Lines(Meaning()));

    [Fact]
    public void A_state_is_named_and_not_numbered() => Assert.Empty(Lines(Number()));

    [Fact]
    public void A_parameter_has_a_name() => Assert.Empty(Lines(Unnamed()));

    static IEnumerable<string> Lines(Regex forbidden) =>
        from file in Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "src", "Issuer.Storage"), "*.cs", SearchOption.AllDirectories)
        where Path.GetFileName(file) != "Predicates.cs" && !file.Contains("/obj/", StringComparison.Ordinal)
        from line in File.ReadLines(file).Index()
        where forbidden.IsMatch(line.Item)
        select $"{Path.GetFileName(file)}:{line.Index + 1}: {line.Item.Trim()}";

    /// <summary>Columns whose being null, or whose order to another, means something.</summary>
    [GeneratedRegex(
        @"\b(signature|duplicate_of|undone_at|subject_id|merged_by|ended_by|left_at|finished_at|approval_id)"
            + @" is (not )?null|\b(suspended_until|effective_at) (is|[<>]=?) (not |null|@)"
            + @"|\b(c|certificate)\.expires_at (<|>)|\bdecided (<|>)=? (\w+\.)?revision")]
    private static partial Regex Meaning();

    /// <summary>Columns that hold a member of an enum, or yes and no.</summary>
    [GeneratedRegex(
        @"\b(state|held|attested|withdrawn|abandoned|is_open|merged|differs|sex|identity_type|dose_kind|cause|reason"
            + @"|regenerate_cause|outcome|closes|of_records)( =| <>| <| >| in \(| between) ?\d\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"@p\d")]
    private static partial Regex Unnamed();
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Facilities;
using Issuer.Core.Feedback;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Server.Edge.Access;

namespace Issuer.Tests.Architecture;

/// <summary>
/// What is a closed list in the program is written out for people in several places: where most of its members are
/// named, all of them are.
/// </summary>
public sealed partial class ClosedListsTests
{
    static readonly Dictionary<string, string[]> Lists = new()
    {
        ["reasons of a revocation"] = [.. RevocationReasons.All],
        ["states of a record"] = [.. Enum.GetNames<RecordState>().Select(name => Kebab.Of(name, '_'))],
        ["states of a certificate"] = NamesOf<CertificateState>(),
        ["causes of a successor"] = NamesOf<SuccessionCause>(),
        ["reasons of a decision"] = NamesOf<DecisionReason>(),
        ["kinds of a report"] = [.. CheckReport.KindNames],
        ["states of a report"] = NamesOf<ReportState>(),
        ["faults of a signature"] = NamesOf<AttestationFault>(),
    };

    /// <summary>Some places name those only that fit there.</summary>
    static readonly Dictionary<string, string[]> MayBeLeftOut = new()
    {
        ["reasons of a revocation"] =
        [
            .. Enum.GetValues<RevocationReason>().Where(reason => reason.Rule().RecordGrace is null)
                .Select(reason => reason.ToWire()),
        ],
    };

    public static TheoryData<string> ListNames => [.. Lists.Keys];

    /// <summary>Each description and each comment, of the committed files.</summary>
    static IReadOnlyList<string> Texts { get; } =
    [
        .. Descriptions(JsonNode.Parse(File.ReadAllText(PathOf("openapi/issuer.json")))!),
        .. CommentBlock.Matches(File.ReadAllText(PathOf("openapi/issuer.proto"))).Select(block => block.Value),
    ];

    [GeneratedRegex(@"(?:^[ ]*//.*\n)+", RegexOptions.Multiline)]
    private static partial Regex CommentBlock { get; }

    [GeneratedRegex(@"[\w-]+")]
    private static partial Regex Word { get; }

    [Theory]
    [MemberData(nameof(ListNames))]
    public void Where_most_are_named_all_of_them_are(string list)
    {
        var members = Lists[list];
        Assert.All(
            Texts.Select(text => members.Except(Word.Matches(text).Select(word => word.Value)).ToList())
                .Where(missing => missing.Count < members.Length / 2),
            missing => Assert.True(
                missing.Count == 0 || missing.SequenceEqual(MayBeLeftOut.GetValueOrDefault(list, [])),
                $"{list}: {string.Join(", ", missing)} is not named"));
    }

    [Theory]
    [InlineData("reasons of a revocation", 3)]
    [InlineData("states of a record", 2)]
    [InlineData("faults of a signature", 2)]
    public void They_are_found(string list, int places) => Assert.Equal(
        places, Texts.Count(text => !Lists[list].Except(Word.Matches(text).Select(word => word.Value)).Any()));

    [Fact]
    public void Every_role_is_in_the_table_for_integrators()
    {
        var page = File.ReadAllText(PathOf("docs/integrate.md"));
        Assert.All(Roles.All, role => Assert.Contains($"`{role}`", page, StringComparison.Ordinal));
    }

    static string[] NamesOf<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => Kebab.Of(name))];

    static IEnumerable<string> Descriptions(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member is { Key: "description", Value: JsonValue text } ? [text.GetValue<string>()]
            : member.Value is null ? [] : Descriptions(member.Value)),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Descriptions),
        _ => [],
    };

    static string PathOf(string file) => Path.Combine(Repository.Root, file);
}

using System.CommandLine;
using System.Reflection;
using Issuer.Server.Edge.Verbs;

namespace Issuer.Server.Tests.Verbs;

/// <summary>Wrong command lines, in words for people.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("signer --help", "there is no verb 'issuer signer'")]
    [InlineData("revok", "there is no verb 'issuer revok'; did you mean 'issuer revoke'?")]
    [InlineData("dsc lst --help", "there is no verb 'issuer dsc lst'; did you mean 'issuer dsc list'?")]
    [InlineData("dsc", "a verb is missing after 'issuer dsc': one of request, issue, import, list, withdraw")]
    [InlineData("verify x --traust y", "there is no option '--traust'; did you mean '--trust'?")]
    [InlineData("verify x --bundle b --publication-seen y", "--publication-seen: 'y' is not a whole number")]
    [InlineData("dsc request --out x --key y", "--key: 'y' is not one of P256, Rsa2048, Rsa3072")]
    [InlineData("dsc issue --request x --csca x --out y --years 99", "--years: '99' is not a number from 1 to 10")]
    [InlineData("serve --urls here", "'here' is not an address such as http://127.0.0.1:8080")]
    [InlineData("dsc import x", "Give --key NAME")]
    public void A_wrong_command_line_is_told_what_is_wrong(string line, string expected) =>
        Assert.StartsWith(expected, Faults(line)[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("signer")]
    [InlineData("signer --help")]
    [InlineData("dsc lst --help")]
    public async Task A_verb_that_does_not_exist_is_wrong_usage_even_beside_help(string line) =>
        Assert.Equal(Verb.WrongUsage, await RootVerb.RunAsync(Words(line)));

    [Theory]
    [InlineData("--help")]
    [InlineData("dsc --help")]
    [InlineData("decode --help")]
    public void Help_is_no_fault(string line) => Assert.Empty(Faults(line));

    [Fact]
    public void A_file_where_a_folder_is_meant_is_told_before_anything_runs()
    {
        var file = Path.GetTempFileName();
        try
        {
            Assert.Equal([$"--out: '{file}' is a file, not a folder"], Faults($"sample --out {file}"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Every option of every verb, given a value that cannot be one.</summary>
    [Fact]
    public void No_option_answers_nonsense_with_the_name_of_a_type()
    {
        var told = 0;
        foreach (var (path, command) in Below("", RootVerb.Create()))
        {
            foreach (var option in command.Options.Where(o => o.ValueType != typeof(bool) && o is not VersionOption))
            {
                var faults = Faults($"{path} {option.Name} nonsense");
                told += faults.Count;
                Assert.All(faults, fault => Assert.DoesNotContain("System.", fault, StringComparison.Ordinal));
                Assert.All(faults, fault => Assert.DoesNotContain("Issuer.", fault, StringComparison.Ordinal));
            }
        }
        Assert.True(told > 50, $"{told} faults");
    }

    [Theory]
    [InlineData(
        "verify x --revocation www", "--revocation only says what is revoked, not whose signature counts: also")]
    [InlineData("verify x --revocation www", "without --anchor no list is believed")]
    [InlineData("verify x", "without --trust or --bundle, and --anchor, every certificate is an unknown issuer's")]
    [InlineData("verify x --trust t", "without --anchor no list is believed")]
    [InlineData(
        "verify x --trust t --anchor a", "without --revocation, or --bundle for both, nothing counts as revoked")]
    public void Options_that_say_nothing_as_they_stand_are_hinted_at(string line, string expected) =>
        Assert.Contains(Hints(line, bringsDscs: false), hint => hint.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void What_makes_sense_is_not_hinted_at()
    {
        Assert.Empty(Hints("verify x --trust t --anchor a --revocation www", bringsDscs: false));
        Assert.Empty(Hints("verify x --bundle b --anchor a --publication-seen 3", bringsDscs: false));
        Assert.Empty(Hints("verify --batch x", bringsDscs: true));
    }

    [Fact]
    public void Every_verb_that_is_made_can_be_typed()
    {
        var typed = Below("", RootVerb.Create()).Select(verb => verb.Command.Name).ToHashSet();
        var made = typeof(RootVerb).Assembly.GetTypes().Where(type => type.Namespace == typeof(RootVerb).Namespace)
            .SelectMany(type => type.GetMethods(
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(Command) && method.GetParameters().Length == 0)
            .Select(method => ((Command)method.Invoke(null, null)!).Name).ToList();

        Assert.True(made.Count > 30, $"only {made.Count} verbs were found");
        Assert.Superset(made.ToHashSet(), typed);
    }

    static IReadOnlyList<string> Faults(string line) => Usage.FaultsOf(RootVerb.Create().Parse(Words(line)));

    static List<string> Hints(string line, bool bringsDscs)
    {
        var options = new VerificationOptions();
        var command = new Command("verify") { new Argument<string>("HC1") { Arity = ArgumentArity.ZeroOrOne } };
        command.Options.Add(new Option<string>("--batch"));
        options.AddTo(command);
        return [.. options.HintsFor(new RootCommand { command }.Parse(Words(line)), bringsDscs)];
    }

    static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    static IEnumerable<(string Path, Command Command)> Below(string path, Command command) =>
        command.Subcommands.SelectMany(
            verb => Below($"{path} {verb.Name}", verb).Prepend(($"{path} {verb.Name}", verb)));
}

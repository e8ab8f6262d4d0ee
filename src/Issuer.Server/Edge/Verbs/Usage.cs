using System.CommandLine;
using System.CommandLine.Parsing;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Verbs;

/// <summary>What is wrong with a command line, in words for people; the parser's own name types of ours.</summary>
static class Usage
{
    /// <summary>Empty: nothing. A verb that does not exist is a fault even beside <c>--help</c>.</summary>
    public static IReadOnlyList<string> FaultsOf(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.FirstOrDefault(t => !IsOption(t)) is { } verb)
        {
            var near = Nearest.Of(verb, command.Subcommands.Select(known => known.Name));
            var path = PathOf(parsed);
            return [$"there is no verb '{path} {verb}'{Meant(near is null ? null : $"{path} {near}")}"];
        }
        if (parsed.Errors.Count > 0 && command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0)
        {
            var verbs = string.Join(", ", command.Subcommands.Select(known => known.Name));
            return [$"a verb is missing after '{PathOf(parsed)}': one of {verbs}"];
        }
        return [.. parsed.Errors.Select(error => TextOf(error, parsed)).Distinct(), .. FilesForFolders(parsed)];
    }

    static IEnumerable<string> FilesForFolders(ParseResult parsed) => parsed.CommandResult.Command.Options
        .Where(option => option.ValueType == typeof(DirectoryInfo))
        .Select(option => (option.Name, Value: FirstOf(parsed.GetResult(option)?.Tokens)))
        .Where(given => File.Exists(given.Value))
        .Select(given => $"{given.Name}: '{given.Value}' is a file, not a folder");

    /// <summary>As it is typed: <c>issuer dsc request</c>.</summary>
    public static string PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: var command }; at = at.Parent)
        {
            names.Push(command is RootCommand ? "issuer" : command.Name);
        }
        return string.Join(' ', names);
    }

    static string TextOf(ParseError error, ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens.FirstOrDefault(
            token => error.Message.Contains($"'{token}'", StringComparison.Ordinal));
        if (unknown is not null && IsOption(unknown))
        {
            var near = Nearest.Of(unknown, parsed.CommandResult.Command.Options.Select(option => option.Name));
            return $"there is no option '{unknown}'{Meant(near)}";
        }
        var option = (error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult)?.Option;
        var token = FirstOf(error.SymbolResult?.Tokens);
        var type = option?.ValueType ?? (error.SymbolResult as ArgumentResult)?.Argument.ValueType;
        var message = error.Message.Contains(" as expected type ", StringComparison.Ordinal)
            ? $"'{token}' is not {Expected(type)}"
            // Lists of values stand on lines of their own.
            : string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return option is null || message.Contains(option.Name, StringComparison.Ordinal)
            ? message
            : $"{option.Name}: {message}";
    }

    static string Expected(Type? type)
    {
        type = type is null ? typeof(string) : Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type;
        return type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
            : type == typeof(bool) ? "true or false"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : "what this takes";
    }

    static string? FirstOf(IReadOnlyList<Token>? tokens) => tokens is [var first, ..] ? first.Value : null;

    static string Meant(string? near) => near is null ? "" : $"; did you mean '{near}'?";

    static bool IsOption(string token) => token.StartsWith('-');
}

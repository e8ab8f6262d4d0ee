using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Issuer.Core.Pki;
using Issuer.Server.Hosting;

namespace Issuer.Server.Verbs;

/// <summary>The options of every verb that touches the store.</summary>
sealed class StoreOptions
{
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Directory of the embedded store (default ./data); PostgreSQL when ConnectionStrings__Issuer is set",
        HelpName = "DIR",
    };

    public Option<DateTimeOffset?> Now { get; } = new("--now")
    {
        Description = "Start the clock at this instant (RFC 3339); Development only",
        HelpName = "INSTANT",
        CustomParser = result => Instants.Parse(result.Tokens[0].Value, result.AddError),
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object and nothing else" };

    public Option<string?> Token { get; } = new("--token")
    {
        Description = "Bearer token with the role this needs; not asked for in Development",
        HelpName = "JWT",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(Now);
        command.Options.Add(Json);
        command.Options.Add(Token);
    }

    public WorkplaceOptions Read(ParseResult parsed, bool forceDevelopment = false, string defaultData = "data")
    {
        var now = parsed.GetValue(Now);
        return new WorkplaceOptions(
            parsed.GetValue(Data) ?? defaultData,
            Variable("ConnectionStrings__Issuer"),
            Variable("ASPNETCORE_ENVIRONMENT") ?? Variable("DOTNET_ENVIRONMENT"),
            forceDevelopment,
            now is { } start ? new ShiftedClock(TimeProvider.System, start) : TimeProvider.System,
            now is not null,
            SigningPolicyOf(Variable("Issuer__FacilitiesWithOwnDsc")));
    }

    /// <summary>Null when it is not set, or set to nothing, as shells and unit files do to clear one.</summary>
    static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Codes of the facilities whose certificates go under a DSC of their own, with commas between.</summary>
    static SigningPolicy SigningPolicyOf(string? facilities) => SigningPolicy.Default with
    {
        FacilitiesWithOwnDsc = [.. (facilities ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries
            | StringSplitOptions.TrimEntries)],
    };
}

/// <summary>Whole numbers within bounds; what is none is wrong usage.</summary>
static class Whole
{
    public static Func<ArgumentResult, int> From(int least, int most) => result =>
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }
        result.AddError($"'{result.Tokens[0].Value}' is not a number from {least} to {most}");
        return least;
    };
}

static class Instants
{
    /// <summary>RFC 3339 with an offset; a local time would mean another moment on another machine.</summary>
    public static DateTimeOffset? Parse(string text, Action<string> fault)
    {
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];
        if ((text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            && DateTimeOffset.TryParseExact(
                text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant;
        }
        fault($"'{text}' is not an instant such as 2027-01-31T08:00:00+07:00");
        return null;
    }
}

using System.CommandLine;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification;

namespace Issuer.Server.Edge.Verbs;

/// <summary>The options of every verb that touches the store.</summary>
sealed class StoreOptions
{

    public Option<string?> Data { get; } = new("--data")
    {
        Description =
            "Directory of the embedded store (default ./data); PostgreSQL when ConnectionStrings__Issuer is set",
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
        Description = "Bearer token with the role that the verb needs; other users of the machine see it: prefer a "
            + "file",
        HelpName = "JWT",
    };

    public Option<FileInfo?> TokenFile { get; } = new("--token-file")
    {
        Description = "File with the token; without both ISSUER_TOKEN counts. Not needed in Development",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(Now);
        command.Options.Add(Json);
        command.Options.Add(Token);
        command.Options.Add(TokenFile);
    }

    /// <summary>Null: none was given.</summary>
    public async Task<string?> TokenAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(Token) is { } token)
        {
            return token;
        }
        if (parsed.GetValue(TokenFile) is not { } file)
        {
            return Variable("ISSUER_TOKEN");
        }
        await using var stream = FileFault.OpenRead(file.FullName);
        return (await Bounded.ReadTextAsync(stream, cancel)).Trim();
    }

    public StoreSetup Read(ParseResult parsed, bool forceDevelopment = false, string defaultData = "data")
    {
        var now = parsed.GetValue(Now);
        return new StoreSetup(
            parsed.GetValue(Data) ?? defaultData,
            // Made-up people are nobody the national exchange should be asked about, nor other countries.
            forceDevelopment
                ? SettingsSource.Read().Without(
                    RegistrySettings.Section, GatewaySettings.Section, TrustListSettings.Section)
                : SettingsSource.Read(),
            now is { } start ? new ShiftedClock(TimeProvider.System, start) : TimeProvider.System)
        {
            Environment = Hosting.Environments.Named(
                Variable("ASPNETCORE_ENVIRONMENT") ?? Variable("DOTNET_ENVIRONMENT")),
            ForceDevelopment = forceDevelopment,
            HasOwnNow = now is not null,
        };
    }

    /// <summary>Null when it is not set, or set to nothing, as shells and unit files do to clear one.</summary>
    static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

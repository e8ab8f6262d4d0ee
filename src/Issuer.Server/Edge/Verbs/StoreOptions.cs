using System.CommandLine;
using System.Globalization;
using Issuer.Core;
using Issuer.Core.Revocation;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Identity;
using Issuer.Server.Hosting;

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
        Description = "Bearer token with the role that the verb needs; not needed in Development",
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
            // Made-up people are nobody the national exchange should be asked about.
            Exchange: forceDevelopment ? null : ExchangeOptions.Read(Variable),
            PublicHost: forceDevelopment ? null : PublicHost(),
            Gateway: forceDevelopment ? null : GatewayOptions.Read(Variable),
            Distribution: new DistributionThresholds(
                Most("Distribution__Point", DistributionThresholds.Reference.MostInPoint),
                Most("Distribution__Vector", DistributionThresholds.Reference.MostInVector)));
    }

    static long Most(string name, long usual) => Variable(name) is not { } text ? usual
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hashes) ? hashes
            : throw new RefusedException(new Rejection(RejectionKind.Invalid, $"{name} is not a number of hashes"));

    static string? PublicHost() => Variable("TrustList__Host") is not { } host ? null
        : Uri.TryCreate($"https://{host}", UriKind.Absolute, out var uri) && uri.Authority == host ? host
            : throw new RefusedException(new Rejection(RejectionKind.Invalid, "TrustList__Host is not a host name"));

    /// <summary>Null when it is not set, or set to nothing, as shells and unit files do to clear one.</summary>
    static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

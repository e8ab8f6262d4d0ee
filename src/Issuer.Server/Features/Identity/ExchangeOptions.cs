using Issuer.Server.Hosting.Settings;

namespace Issuer.Server.Features.Identity;

/// <summary>
/// Where the population registry is reached over the national exchange, and as whom. The codes are those of the
/// exchange: MaDonVi (unit, Decision 20/2020/QĐ-TTg), MaDVC (public service), MaTichHop (integration), MaCanBo
/// (official).
/// </summary>
sealed record ExchangeOptions(
    Uri Url, string Token, string UnitCode, string ServiceCode, string IntegrationCode, string OfficerCode)
{
    /// <summary>A try that takes longer has failed; what comes byte by byte counts as a whole.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it is left alone once most tries failed.</summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Queries under way at once, over all rounds and requests of this process.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Null without a URL: then the embedded registry answers.</summary>
    public static ExchangeOptions? From(RegistrySettings said) => said.Url is not { } url
        ? null
        : new ExchangeOptions(
            new Uri(url), said.Token!, said.UnitCode!, said.ServiceCode ?? "", said.IntegrationCode ?? "",
            said.OfficerCode ?? "");
}

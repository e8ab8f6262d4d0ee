using Issuer.Core;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Identity;

/// <summary>
/// Where the population registry is reached over the national exchange, and as whom. The codes are those of the
/// exchange: MaDonVi (unit, Decision 20/2020/QĐ-TTg), MaDVC (public service), MaTichHop (integration), MaCanBo
/// (official).
/// </summary>
sealed record ExchangeOptions(
    Uri Url, string Token, string UnitCode, string ServiceCode, string IntegrationCode, string OfficerCode)
{
    const string Prefix = "Registry__";

    /// <summary>A try that takes longer has failed; what comes byte by byte counts as a whole.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it is left alone once most tries failed.</summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Queries under way at once, over all rounds and requests of this process.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>As the environment names it; null without a URL: then the embedded registry answers.</summary>
    public static ExchangeOptions? Read(Func<string, string?> variable)
    {
        if (variable(Prefix + "Url") is not { } text)
        {
            return null;
        }
        // The token and everybody's names go there: in clear text only to this machine.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw Refusal("Url is not an https address");
        }
        return new ExchangeOptions(
            url, variable(Prefix + "Token") ?? throw Refusal("Token is missing"),
            variable(Prefix + "UnitCode") ?? throw Refusal("UnitCode is missing"),
            variable(Prefix + "ServiceCode") ?? "", variable(Prefix + "IntegrationCode") ?? "",
            variable(Prefix + "OfficerCode") ?? "");
    }

    static RefusedException Refusal(string why) => new(new Rejection(RejectionKind.Invalid, Prefix + why));
}

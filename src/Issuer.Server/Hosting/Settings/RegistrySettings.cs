namespace Issuer.Server.Hosting.Settings;

/// <summary>
/// The population registry over the national exchange. The codes are those of the exchange: MaDonVi (unit, Decision
/// 20/2020/QĐ-TTg), MaDVC (public service), MaTichHop (integration), MaCanBo (official).
/// </summary>
sealed class RegistrySettings : ISettings
{
    public static string Section => "Registry";

    /// <summary>Null: the embedded registry answers, and nothing else here counts.</summary>
    public string? Url { get; init; }

    public string? Token { get; init; }

    public string? UnitCode { get; init; }

    public string? ServiceCode { get; init; }

    public string? IntegrationCode { get; init; }

    public string? OfficerCode { get; init; }

    public IEnumerable<string> Faults()
    {
        if (Url is null)
        {
            yield break;
        }
        // The token and everybody's names go there: in clear text only to this machine.
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url)
            || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            yield return "Registry__Url is not an https address";
        }
        if (Token is null)
        {
            yield return "Registry__Token is missing";
        }
        if (UnitCode is null)
        {
            yield return "Registry__UnitCode is missing";
        }
    }
}

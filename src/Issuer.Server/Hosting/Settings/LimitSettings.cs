using System.Globalization;
using System.Net;

namespace Issuer.Server.Hosting.Settings;

/// <summary>How much one caller, or all of them together, may ask of one instance.</summary>
sealed class LimitSettings : ISettings
{
    const int UsualAnonymous = 600;
    const int UsualConnections = 5000;
    const int UsualBodyRate = 240;

    public static string Section => "Limits";

    /// <summary>Requests a minute and address of callers without a token; 0: no limit.</summary>
    public string? AnonymousPerMinute { get; init; }

    /// <summary>Open at once; 0: no limit.</summary>
    public string? Connections { get; init; }

    /// <summary>Bytes a second that a body must come with, after five seconds; 0: no limit.</summary>
    public string? BodyRate { get; init; }

    /// <summary>
    /// Whose X-Forwarded-For is believed: addresses or networks, with commas between. Null: nobody's, and a proxy is
    /// one caller.
    /// </summary>
    public string? Proxies { get; init; }

    /// <summary>Null: no limit. The same of the others.</summary>
    public int? MostAnonymous => Read(AnonymousPerMinute, UsualAnonymous);

    public int? MostConnections => Read(Connections, UsualConnections);

    public int? LeastBodyRate => Read(BodyRate, UsualBodyRate);

    public IReadOnlyList<IPNetwork> KnownProxies => [.. Parts().Select(Network).OfType<IPNetwork>()];

    public IEnumerable<string> Faults()
    {
        foreach (var (name, text) in new[]
        {
            (nameof(AnonymousPerMinute), AnonymousPerMinute), (nameof(Connections), Connections),
            (nameof(BodyRate), BodyRate),
        })
        {
            if (text is not null && Number(text) is null)
            {
                yield return $"{Section}__{name} is not a whole number";
            }
        }
        foreach (var part in Parts().Where(part => Network(part) is null))
        {
            yield return $"{Section}__{nameof(Proxies)}: '{part}' is no address and no network such as 10.0.0.0/8";
        }
    }

    string[] Parts() =>
        (Proxies ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static IPNetwork? Network(string text) =>
        IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;

    static int? Read(string? text, int usual) => (text is null ? usual : Number(text)) is > 0 and { } limit
        ? limit
        : null;

    static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

using Issuer.Core;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Gateway;

/// <summary>
/// Where the gateway is, and as whom we come. Keys and certificates are named as in <c>DATA/keys</c>: NAME.pem and
/// NAME.key.
/// </summary>
/// <param name="UploadKey">NB_UP, which signs what is uploaded.</param>
/// <param name="TlsKey">NB_TLS, the client certificate of the connection.</param>
/// <param name="Anchor">The gateway's trust anchor, a certificate alone, from its operator by another way.</param>
/// <param name="ServerRoot">
/// The CA of the gateway's server, a certificate alone; null: those the machine trusts.
/// </param>
/// <param name="WithBatches">False for a gateway without revocation lists, as the WHO's is shipped.</param>
/// <param name="Domain">The trust domain that our DSCs are uploaded into, the WHO's way; null: the EU's.</param>
sealed record GatewayOptions(
    Uri Url, string UploadKey = "gateway-upload", string TlsKey = "gateway-tls", string Anchor = "gateway-anchor",
    string? ServerRoot = null, bool WithBatches = true, string? Domain = null)
{
    /// <summary>The WHO's name for the domain of DCCs.</summary>
    const string DefaultDomain = "DCC";

    const string Prefix = "Gateway__";

    /// <summary>A try that takes longer has failed; what comes byte by byte counts as a whole.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Before the next try; doubled each time.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>As the environment names it; null without a URL: then there is no gateway.</summary>
    public static GatewayOptions? Read(Func<string, string?> variable)
    {
        if (variable(Prefix + "Url") is not { } text)
        {
            return null;
        }
        if (!Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url)
            || url.Scheme != Uri.UriSchemeHttps)
        {
            throw Refusal("Url is not an https address");
        }
        var isWho = variable(Prefix + "Shape") switch
        {
            null or "eu" => false,
            "who" => true,
            _ => throw Refusal("Shape is eu or who"),
        };
        return new GatewayOptions(
            url, variable(Prefix + "UploadKey") ?? "gateway-upload", variable(Prefix + "TlsKey") ?? "gateway-tls",
            variable(Prefix + "Anchor") ?? "gateway-anchor", variable(Prefix + "ServerRoot"),
            variable(Prefix + "Batches") switch
            {
                null => !isWho,
                "true" => true,
                "false" => false,
                _ => throw Refusal("Batches is true or false"),
            },
            isWho ? variable(Prefix + "Domain") ?? DefaultDomain : null);
    }

    static RefusedException Refusal(string why) => new(new Rejection(RejectionKind.Invalid, Prefix + why));
}

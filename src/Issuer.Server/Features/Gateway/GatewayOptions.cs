using Issuer.Server.Hosting.Settings;

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
    /// <summary>A try that takes longer has failed; what comes byte by byte counts as a whole.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Before the next try; doubled each time.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Null without a URL: then there is no gateway.</summary>
    public static GatewayOptions? From(GatewaySettings said)
    {
        if (said.Url is not { } url)
        {
            return null;
        }
        var isWho = said.Shape == GatewaySettings.Who;
        return new GatewayOptions(
            new Uri(url.EndsWith('/') ? url : url + "/"), said.UploadKey, said.TlsKey, said.Anchor, said.ServerRoot,
            said.Batches is { } batches ? batches == "true" : !isWho, isWho ? said.Domain : null);
    }
}

namespace Issuer.Server.Hosting.Settings;

/// <summary>
/// Where other countries are met, and as whom we come. Keys and certificates are named as in <c>DATA/keys</c>: NAME.pem
/// and NAME.key.
/// </summary>
sealed class GatewaySettings : ISettings
{
    public const string Eu = "eu";
    public const string Who = "who";

    public static string Section => "Gateway";

    /// <summary>Null: there is no gateway, and nothing else here counts.</summary>
    public string? Url { get; init; }

    /// <summary><c>eu</c> or <c>who</c>.</summary>
    public string Shape { get; init; } = Eu;

    /// <summary>NB_UP, which signs what is uploaded.</summary>
    public string UploadKey { get; init; } = "gateway-upload";

    /// <summary>NB_TLS, the client certificate of the connection.</summary>
    public string TlsKey { get; init; } = "gateway-tls";

    /// <summary>The gateway's trust anchor, a certificate alone, from its operator by another way.</summary>
    public string Anchor { get; init; } = "gateway-anchor";

    /// <summary>The CA of the gateway's server, a certificate alone; null: those the machine trusts.</summary>
    public string? ServerRoot { get; init; }

    /// <summary>Whether it has revocation lists; null: the EU's has, the WHO's as it is shipped has not.</summary>
    public string? Batches { get; init; }

    /// <summary>The trust domain that our DSCs are uploaded into, the WHO's way.</summary>
    public string Domain { get; init; } = "DCC";

    public IEnumerable<string> Faults()
    {
        if (Url is null)
        {
            yield break;
        }
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
        {
            yield return "Gateway__Url is not an https address";
        }
        if (Shape is not (Eu or Who))
        {
            yield return "Gateway__Shape is eu or who";
        }
        if (Batches is not (null or "true" or "false"))
        {
            yield return "Gateway__Batches is true or false";
        }
    }
}

using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Issuer.Server.Edge.Access;

/// <summary>
/// How the identity provider is reached: by https at its own address, whatever proxy the environment names. Whoever
/// sets variables for a shell would otherwise stand between.
/// </summary>
static class ProviderKeys
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static HttpMessageHandler Way() => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };

    /// <exception cref="InvalidOperationException">It cannot be reached, or tells no keys.</exception>
    public static async Task<OpenIdConnectConfiguration> ReadAsync(string issuer, CancellationToken cancel)
    {
        using var client = new HttpClient(Way()) { Timeout = Patience };
        var source = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{issuer.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(client));
        return await source.GetConfigurationAsync(cancel);
    }
}

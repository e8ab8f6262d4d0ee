using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Microsoft.Extensions.Options;

namespace Issuer.Server.Features.TrustList;

/// <summary>Who publishes, in the DID documents.</summary>
sealed class PublisherName(IOptions<TrustListSettings> settings, StoreEnvironment environment)
{
    /// <summary>Null outside Development as long as no host is named.</summary>
    public string? Did => (settings.Value.Host ?? (environment.IsDevelopment ? "localhost" : null)) is { } host
        ? $"did:web:{host.Replace(":", "%3A", StringComparison.Ordinal)}" : null;
}

using Issuer.Core.Pki;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;

namespace Issuer.Server.Features.Pki;

/// <summary>The anchor with its key: from the key files, in a checkout in Development from <c>keys-dev</c>.</summary>
sealed class OwnAnchor(KeyFiles keys, StoreEnvironment environment)
{
    /// <summary>The caller disposes it.</summary>
    public TrustAnchor Read() => keys.ReadAnchor(
        environment.IsDevelopment ? DevelopmentKeys.OfAnchor(keys) : keys.ReadKey(KeyFiles.AnchorName));
}

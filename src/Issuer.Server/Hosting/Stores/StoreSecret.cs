using System.Security.Cryptography;
using System.Text;

namespace Issuer.Server.Hosting.Stores;

/// <summary>The store's secret, from which every key that is not a certificate's comes.</summary>
sealed class StoreSecret(byte[] secret)
{
    /// <summary>Of the nonces in what facilities sign.</summary>
    public byte[] NonceKey => secret;

    /// <summary>A key of its own for each purpose; the secret itself never leaves here.</summary>
    public byte[] KeyFor(string purpose) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(purpose));
}

using System.Security.Cryptography;
using Issuer.Verification.TrustLists;

namespace Issuer.Core.Gateway;

/// <summary>Another country's certificate, believed: its UPLOAD, a CSCA or a DSC.</summary>
/// <param name="Kind"><see cref="TrustListItem.Upload"/>, <see cref="TrustListItem.Csca"/> or
/// <see cref="TrustListItem.Dsc"/>.</param>
/// <param name="Country">ISO 3166-1 alpha-2, out of the certificate itself.</param>
/// <param name="Kid">Base64.</param>
/// <param name="Listed">Since when the gateway or the file says it has it: signed by nothing but a DID proof.</param>
public sealed record GatewayKey(
    string Kind, string Country, string Kid, ReadOnlyMemory<byte> Der, DateTimeOffset Listed)
{
    public string Thumbprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Der.Span));
}

/// <summary>One that we had before.</summary>
/// <param name="HasLeft">It was not on the list any more when that was last taken.</param>
/// <param name="Source"><see cref="KeySource"/>.</param>
public sealed record KnownKey(GatewayKey Key, bool HasLeft, string Source = KeySource.Gateway);

/// <summary>
/// Where keys were believed: the gateway, or a name for one publisher's files. None touches another's.
/// </summary>
public static class KeySource
{
    public const string Gateway = "gateway";

    const int Longest = 40;

    /// <summary>A name under which files may be imported: it is published with every key.</summary>
    public static bool IsForFiles(string name) => name is not (Gateway or "") && name.Length <= Longest
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>Something a gateway gave that is not used.</summary>
/// <param name="What">Named by us, in words that hold nothing of theirs but a country, a kid or an id.</param>
public sealed record Disbelieved(string What, string Why);

/// <summary>The three lists of a gateway as far as they are believed.</summary>
public sealed record GatewayReading(IReadOnlyList<GatewayKey> Keys, IReadOnlyList<Disbelieved> Disbelieved)
{
    public IEnumerable<GatewayKey> Dscs => Keys.Where(key => key.Kind == TrustListItem.Dsc);
}

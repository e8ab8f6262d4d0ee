using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Issuer.Server.Edge.Access;

/// <summary>
/// Tokens that were found good less than a minute ago, by their SHA-256: an app asks for list, certificate and picture
/// in one go, and checking the signature takes longer than answering. Their times are looked at again each time; a
/// signing key that its issuer takes back is believed for that minute longer.
/// </summary>
sealed class RememberedTokens(TimeProvider clock)
{
    /// <summary>Of each of two generations; a principal takes about 2 KB.</summary>
    const int Most = 20_000;

    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    volatile Generation young = new(DateTimeOffset.MinValue);
    volatile Generation old = new(DateTimeOffset.MinValue);

    /// <summary>Null: never seen, too long ago, or not valid at this moment.</summary>
    public ClaimsPrincipal? Find(ReadOnlySpan<char> token)
    {
        var (digest, now) = (DigestOf(token), clock.GetUtcNow());
        return (young.Tokens.TryGetValue(digest, out var known) || old.Tokens.TryGetValue(digest, out known))
            && now >= known.CheckedAt && now - known.CheckedAt < Longest
            && TokenChecks.IsValidAt(now.UtcDateTime, known.NotBefore, known.Expires)
            ? known.Principal
            : null;
    }

    public void Add(string token, SecurityToken read, ClaimsPrincipal principal)
    {
        var now = clock.GetUtcNow();
        if (young.Tokens.Count >= Most || now - young.Begun >= Longest || now < young.Begun)
        {
            // Two who do this at once forget a few more: they are checked again.
            (old, young) = (young, new Generation(now));
        }
        young.Tokens[DigestOf(token)] = new Known(now, read.ValidFrom, read.ValidTo, WithoutToken(principal));
    }

    /// <summary>The claims alone: the identity as it was read holds on to the whole token.</summary>
    static ClaimsPrincipal WithoutToken(ClaimsPrincipal principal) => new(principal.Identities.Select(
        identity => new CaseSensitiveClaimsIdentity(
            identity.Claims, identity.AuthenticationType, identity.NameClaimType, identity.RoleClaimType)));

    static Digest DigestOf(ReadOnlySpan<char> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token), hash);
        return MemoryMarshal.Read<Digest>(hash);
    }

    readonly record struct Digest(UInt128 High, UInt128 Low);

    sealed record Known(DateTimeOffset CheckedAt, DateTime NotBefore, DateTime Expires, ClaimsPrincipal Principal);

    sealed record Generation(DateTimeOffset Begun)
    {
        public ConcurrentDictionary<Digest, Known> Tokens { get; } = new();
    }
}

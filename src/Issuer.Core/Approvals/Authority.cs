using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Issuer.Core.Approvals;

/// <summary>Whose tokens are taken, and who in them is one person.</summary>
/// <param name="Issuer">The identity provider's https address; whoever holds it vouches for its keys.</param>
/// <param name="Audience">For whom tokens must be meant.</param>
/// <param name="PersonClaim">Which claim says who somebody is; null: <c>sub</c> does.</param>
public sealed record Authority(string Issuer, string Audience, string? PersonClaim)
{
    /// <summary>Keys over plain HTTP would be anybody's.</summary>
    public static bool IsAddress(string issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;

    public override string ToString() => $"{Issuer} (audience {Audience}, person by {PersonClaim ?? "sub"})";
}

/// <summary>
/// The authority that a store belongs to. Settings that name another are refused: a shell user brings no identity
/// provider of his own.
/// </summary>
/// <param name="Since">Seconds since 1970; no two bindings of a store have the same digest.</param>
/// <param name="Anchor">
/// SHA-256 of the trust anchor whose statement can change it, in hexadecimal; null: there was none to keep yet.
/// </param>
public sealed record BoundAuthority(Authority Authority, long Since, string? Anchor)
{
    /// <summary>What a statement of the anchor replaces; in hexadecimal.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical())));

    public string Canonical() => JsonSerializer.Serialize(new { Authority, Since, Anchor });

    /// <summary>The other way of <see cref="Canonical"/>.</summary>
    public static BoundAuthority Parse(string canonical) =>
        JsonSerializer.Deserialize<BoundAuthority>(canonical) ?? throw new JsonException("No authority.");

    /// <summary>Later than this one, whatever the clock says: no statement works twice.</summary>
    public BoundAuthority ReplacedBy(Authority next, string? anchor, DateTimeOffset at) =>
        new(next, Math.Max(at.ToUnixTimeSeconds(), Since + 1), anchor);

    /// <summary>Null: it is the one.</summary>
    public Rejection? Refuse(Authority said) => said == Authority
        ? null
        : new Rejection(RejectionKind.Forbidden,
            $"this store is bound to the identity provider {Authority}; the Auth settings name {said}. Two people of "
            + "ministry-security change it (issuer authority change), or a statement of the trust anchor (issuer "
            + "authority apply)");
}

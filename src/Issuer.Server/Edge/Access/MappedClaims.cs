using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Json;
using Issuer.Server.Hosting.Settings;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Issuer.Server.Edge.Access;

/// <summary>
/// The claims of a provider that calls them otherwise, under the names that everything here knows. What is mapped is
/// taken from there alone: a claim that happens to have our name is somebody else's.
/// </summary>
static class MappedClaims
{
    public static void Apply(ClaimsIdentity identity, JsonWebToken token, ClaimSettings claims)
    {
        var mapped = new (string Name, string? Path)[]
        {
            (ClaimNames.Roles, claims.Roles), (ClaimNames.Facility, claims.Facility),
            (ClaimNames.Province, claims.Province), (ClaimNames.Commune, claims.Commune),
            (ClaimNames.IdentityNumber, claims.IdentityNumber), (ClaimNames.AuthTime, claims.AuthTime),
            (ClaimNames.Act, claims.Act), (ClaimNames.Dependants, claims.Dependants),
        }.Where(one => one.Path is not null).ToList();
        if (mapped.Count == 0)
        {
            return;
        }
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        foreach (var (name, path) in mapped)
        {
            Replace(identity, name, Find(payload.RootElement, path!));
        }
    }

    static void Replace(ClaimsIdentity identity, string name, JsonElement? found)
    {
        foreach (var claim in identity.FindAll(name).ToList())
        {
            identity.RemoveClaim(claim);
        }
        IEnumerable<JsonElement> values = found is not { } value ? []
            : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray()
            : [value];
        foreach (var text in values.Select(TextOf).OfType<string>())
        {
            identity.AddClaim(new Claim(name, text));
        }
    }

    /// <summary>The whole is tried as a name first: many are addresses, with dots.</summary>
    static JsonElement? Find(JsonElement payload, string path)
    {
        if (payload.TryGetProperty(path, out var whole))
        {
            return whole;
        }
        var at = payload;
        foreach (var step in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at))
            {
                return null;
            }
        }
        return at;
    }

    /// <summary>Objects stay JSON, as the library gives them.</summary>
    static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => value.GetRawText(),
    };
}

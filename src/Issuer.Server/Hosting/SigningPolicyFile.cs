using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Pki;

namespace Issuer.Server.Hosting;

/// <summary>
/// <c>DATA/signing-policy.json</c>: which facilities' certificates go under a DSC of their own, as
/// <c>{"facilitiesWithOwnDsc": ["79-0001"]}</c>. Without the file everything goes under the ministry's.
/// </summary>
static class SigningPolicyFile
{
    public const string Name = "signing-policy.json";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static SigningPolicy Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<SigningPolicy>(File.ReadAllBytes(path), Json) ?? SigningPolicy.Default
                : SigningPolicy.Default;
        }
        catch (JsonException e)
        {
            throw new RefusedException(new Rejection(RejectionKind.Malformed, $"{path}: {JsonFault.Of(e)}"));
        }
    }
}

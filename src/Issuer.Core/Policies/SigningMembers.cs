using System.Text.Json.Nodes;
using Issuer.Core.Pki;

namespace Issuer.Core.Policies;

/// <summary>The members of a <c>signing</c> policy.</summary>
static class SigningMembers
{
    const int MostFacilities = 5000;

    public static SigningPolicy Read(PolicyFields fields, DateOnly validFrom) => new()
    {
        FacilitiesWithOwnDsc = [.. fields["facilitiesWithOwnDsc"].Set(MostFacilities, code => code.Text())],
    };

    public static string Write(SigningPolicy policy) => PolicyWriter.Write(PolicyKinds.Signing.Name, new JsonObject
    {
        ["facilitiesWithOwnDsc"] = new JsonArray(
            [.. policy.FacilitiesWithOwnDsc.Order(StringComparer.Ordinal).Select(code => (JsonNode)code)]),
    });
}

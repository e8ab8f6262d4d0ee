using System.Globalization;
using System.Text.Json.Nodes;
using Issuer.Core.Gateway;

namespace Issuer.Core.Policies;

/// <summary>The members of a <c>gateway</c> policy.</summary>
static class GatewayMembers
{
    public static GatewayPolicy Read(PolicyFields fields, DateOnly validFrom) => new()
    {
        MostLost = fields["mostLostPercent"].Whole(0, 100) / 100.0,
        Beginning = fields["beginning"].Instant(),
    };

    public static string Write(GatewayPolicy policy) => PolicyWriter.Write(PolicyKinds.Gateway.Name, new JsonObject
    {
        ["mostLostPercent"] = (int)Math.Round(policy.MostLost * 100),
        ["beginning"] = policy.Beginning.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    });
}

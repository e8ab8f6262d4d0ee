using System.Text.Json.Nodes;

namespace Issuer.Core.Policies;

/// <summary>Documents made from what the program has: its own defaults, and files of before.</summary>
static class PolicyWriter
{
    /// <summary>From before the first vaccination on.</summary>
    const string Beginning = "2021-01-01";

    public static string Write(string kind, JsonObject members)
    {
        members["kind"] = kind;
        members["validFrom"] = Beginning;
        return members.ToJsonString();
    }
}

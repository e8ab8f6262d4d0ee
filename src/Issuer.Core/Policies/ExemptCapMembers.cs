using System.Text.Json.Nodes;
using Issuer.Core.Identity;

namespace Issuer.Core.Policies;

/// <summary>The members of an <c>exempt-cap</c> policy.</summary>
static class ExemptCapMembers
{
    const int Highest = 100_000;

    public static ExemptCap Read(PolicyFields fields, DateOnly validFrom) =>
        new(fields["least"].Whole(0, Highest), fields["percent"].Whole(0, 100));

    public static string Write(ExemptCap cap) => PolicyWriter.Write(PolicyKinds.ExemptCap.Name, new JsonObject
    {
        ["least"] = cap.Least,
        ["percent"] = cap.Percent,
    });
}

using System.Text.Json.Nodes;
using Issuer.Core.Identity;

namespace Issuer.Core.Policies;

/// <summary>The members of an <c>exempt-cap</c> policy.</summary>
static class ExemptCapMembers
{
    const int Highest = 100_000;

    public static ExemptCap Read(PolicyFields fields, DateOnly validFrom)
    {
        var cap = new ExemptCap(fields["least"].Whole(0, Highest), fields["percent"].Whole(0, 100));
        // Versions of before there were ceilings are read as they are.
        return fields.Has("ceilings")
            ? cap with { Ceilings = fields["ceilings"].Members(ReadCeilings) ?? cap.Ceilings }
            : cap;
    }

    public static string Write(ExemptCap cap) => PolicyWriter.Write(PolicyKinds.ExemptCap.Name, new JsonObject
    {
        ["least"] = cap.Least,
        ["percent"] = cap.Percent,
        ["ceilings"] = new JsonObject
        {
            ["perFacilityAndDay"] = cap.Ceilings.PerFacilityAndDay,
            ["perCountryAndDay"] = cap.Ceilings.PerCountryAndDay,
            ["growth"] = new JsonObject
            {
                ["days"] = cap.Ceilings.Growth.Days, ["steady"] = cap.Ceilings.Growth.Steady,
            },
        },
    });

    static ExemptCeilings ReadCeilings(PolicyFields fields) => new(
        fields["perFacilityAndDay"].Whole(0, Highest), fields["perCountryAndDay"].Whole(0, 10 * Highest),
        fields["growth"].Members(StockMembers.ReadGrowth) ?? new(1, 1));
}

using System.Text.Json.Nodes;
using Issuer.Core.Publication;

namespace Issuer.Core.Policies;

/// <summary>The members of a <c>publication</c> policy.</summary>
static class PublicationMembers
{
    const int DayMinutes = 24 * 60;

    public static PublicationPolicy Read(PolicyFields fields, DateOnly validFrom)
    {
        var round = fields["roundMinutes"].Whole(1, DayMinutes);
        var fresh = fields["freshHours"].Whole(1, 7 * 24);
        var divides = DayMinutes % round == 0;
        fields.Require("roundMinutes", divides, $"must divide the {DayMinutes} minutes of a day");
        fields.Require("freshHours", fresh * 60 > round, "must be longer than a round");
        return new PublicationPolicy
        {
            Round = TimeSpan.FromMinutes(divides ? round : DayMinutes),
            Fresh = TimeSpan.FromHours(fresh),
            DeltasKept = fields["deltasKept"].Whole(1, 1000),
        };
    }

    public static string Write(PublicationPolicy policy) => PolicyWriter.Write(
        PolicyKinds.Publication.Name, new JsonObject
        {
            ["roundMinutes"] = (int)policy.Round.TotalMinutes,
            ["freshHours"] = (int)policy.Fresh.TotalHours,
            ["deltasKept"] = policy.DeltasKept,
        });
}

using System.Text.Json.Nodes;
using Issuer.Core.Pki;

namespace Issuer.Core.Policies;

/// <summary>The members of a <c>validity</c> policy.</summary>
static class ValidityMembers
{
    const int LongestMonths = 60;
    const int LongestDays = LongestMonths * 28;

    public static ValidityPolicy Read(PolicyFields fields, DateOnly validFrom)
    {
        var policy = new ValidityPolicy
        {
            Months = fields["months"].Whole(1, LongestMonths),
            UtcOffset = TimeSpan.FromHours(fields["utcOffsetHours"].Whole(-12, 14)),
            EndOfDay = fields["endOfDay"].Flag(),
        };
        var window = fields["regenerationWindowDays"].Whole(1, LongestDays);
        var spread = fields["regenerationSpreadDays"].Whole(1, LongestDays);
        // A successor must not be due again the day it is made.
        fields.Require("regenerationWindowDays", window < policy.Months * 28, "must be shorter than the months");
        fields.Require("regenerationSpreadDays", spread <= window, "must not be longer than regenerationWindowDays");
        return policy with
        {
            RegenerationWindow = TimeSpan.FromDays(window),
            RegenerationSpread = TimeSpan.FromDays(spread),
        };
    }

    public static string Write(ValidityPolicy policy) => PolicyWriter.Write(PolicyKinds.Validity.Name, new JsonObject
    {
        ["months"] = policy.Months,
        ["utcOffsetHours"] = (int)policy.UtcOffset.TotalHours,
        ["endOfDay"] = policy.EndOfDay,
        ["regenerationWindowDays"] = (int)policy.RegenerationWindow.TotalDays,
        ["regenerationSpreadDays"] = (int)policy.RegenerationSpread.TotalDays,
    });
}

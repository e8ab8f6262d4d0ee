using Issuer.Core.Holds;

namespace Issuer.Core.Policies;

/// <summary>The members of a <c>budgets</c> policy.</summary>
static class BudgetMembers
{
    const int Highest = 100_000;
    const int LongestDays = 3650;

    public static BudgetPolicy Read(PolicyFields fields, DateOnly validFrom) => new(
        fields["handOuts"].Members(HandOuts) ?? new HandOutBudget(1, 1, 1),
        fields["singleActs"].Members(item => new SingleActBudget(
            item["perPersonAndDay"].Whole(1, Highest), item["perFacilityAndDay"].Whole(1, Highest)))
            ?? new SingleActBudget(1, 1));

    /// <summary>Documents of before allowances do not have their members.</summary>
    static HandOutBudget HandOuts(PolicyFields item)
    {
        var budget = new HandOutBudget(
            item["wrongTries"].Whole(1, Highest), item["days"].Whole(1, LongestDays),
            item["perClerkAndDay"].Whole(1, Highest));
        var most = item.Has("mostPerClerkAndDay")
            ? item["mostPerClerkAndDay"].Whole(1, Highest)
            : Math.Max(budget.MostPerClerkAndDay, budget.PerClerkAndDay);
        item.Require("mostPerClerkAndDay", most >= budget.PerClerkAndDay, "must not be less than perClerkAndDay");
        return budget with
        {
            MostPerClerkAndDay = most,
            LongestAllowance = item.Has("longestAllowance")
                ? item["longestAllowance"].Whole(1, LongestDays)
                : budget.LongestAllowance,
        };
    }
}

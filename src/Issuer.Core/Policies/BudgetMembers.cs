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
            ?? new SingleActBudget(1, 1),
        fields["registry"].Members(Registry) ?? new RegistryBudget(1, 1, 1, 1, 2, 1, 1));

    static RegistryBudget Registry(PolicyFields item) => new(
        item["perNumber"].Whole(1, Highest), item["perPerson"].Whole(1, Highest),
        item["days"].Whole(1, LongestDays), item["perCallerAndDay"].Whole(1, Highest),
        item["alarmAtFacilities"].Whole(2, Highest), item["cleaningListDays"].Whole(1, LongestDays),
        item["releasesPerPersonAndDay"].Whole(1, Highest));

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

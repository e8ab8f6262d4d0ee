namespace Issuer.Core.Holds;

/// <summary>
/// How much of what tells or takes something away one may do: data of the ministry, in force from a day on.
/// </summary>
/// <param name="HandOuts">At the counter.</param>
/// <param name="SingleActs">That take something away.</param>
/// <param name="Registry">What the population registry answers.</param>
public sealed record BudgetPolicy(HandOutBudget HandOuts, SingleActBudget SingleActs, RegistryBudget Registry);

/// <summary>Codes that facilities give to people at their counter.</summary>
/// <param name="WrongTries">For one number at one facility within <paramref name="Days"/>.</param>
/// <param name="PerClerkAndDay">Tries, right and wrong. The day is Vietnam's.</param>
public sealed record HandOutBudget(int WrongTries, int Days, int PerClerkAndDay)
{
    /// <summary>How far a province may raise the number for the clerks of a facility.</summary>
    public int MostPerClerkAndDay { get; init; } = 300;

    /// <summary>In days: for how long at once.</summary>
    public int LongestAllowance { get; init; } = 31;
}

/// <summary>Withdrawals, revocations and corrections one by one. The day is Vietnam's.</summary>
public sealed record SingleActBudget(int PerPersonAndDay, int PerFacilityAndDay);

/// <summary>Claims that the registry answers beyond the first for a number and the first for a person.</summary>
/// <param name="PerNumber">At one facility within <paramref name="Days"/>.</param>
/// <param name="PerPerson">Numbers for one name, birth date and sex, at one facility within the same days.</param>
/// <param name="PerCallerAndDay">The day is Vietnam's.</param>
/// <param name="AlarmAtFacilities">So many that claim one number within the days raise an alarm, and only that.</param>
/// <param name="CleaningListDays">How long a cleaning list stays open at most.</param>
/// <param name="ReleasesPerPersonAndDay">Answers that one person of desk or province lets go before their time.</param>
public sealed record RegistryBudget(
    int PerNumber, int PerPerson, int Days, int PerCallerAndDay, int AlarmAtFacilities, int CleaningListDays,
    int ReleasesPerPersonAndDay);

namespace Issuer.Core.Holds;

/// <summary>How much of what tells or takes something away one may do: data of the ministry, in force from a day on.</summary>
/// <param name="HandOuts">At the counter.</param>
public sealed record BudgetPolicy(HandOutBudget HandOuts);

/// <summary>Codes that facilities give to people at their counter.</summary>
/// <param name="WrongTries">For one number at one facility within <paramref name="Days"/>.</param>
/// <param name="PerClerkAndDay">Tries, right and wrong. The day is Vietnam's.</param>
public sealed record HandOutBudget(int WrongTries, int Days, int PerClerkAndDay);

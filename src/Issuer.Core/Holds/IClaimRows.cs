namespace Issuer.Core.Holds;

/// <summary>
/// Claims as the decision reads and writes them, in the transaction of the records that make them. Two that add at the
/// same place meet at a unique key, and one of them is decided again.
/// </summary>
public interface IClaimRows
{
    /// <summary>At these facilities, all for one of the numbers and all of one of the persons.</summary>
    Task<IReadOnlyList<KeptClaim>> MadeAsync(
        IReadOnlyCollection<Claim> claims, IReadOnlyCollection<string> facilities);

    Task AddAsync(IReadOnlyCollection<AnsweredClaim> claims);

    /// <summary>
    /// Counts so many more for a caller, or less. What was beyond the budget of earlier days is carried over, so many
    /// less with every day.
    /// </summary>
    /// <returns>How many count on that day, these among them.</returns>
    Task<long> CountAsync(string caller, DateOnly day, long claims, int perDay);

    /// <summary>Takes so many, or what is left, from the facility's cleaning list that is open.</summary>
    /// <returns>How many were taken.</returns>
    Task<long> DrawAsync(string facility, long claims, DateTimeOffset now);

    /// <summary>Those of the numbers that at least so many facilities have claimed since.</summary>
    Task<IReadOnlySet<long>> ClaimedAtAsync(
        IReadOnlyCollection<long> numbers, int facilities, DateTimeOffset since);
}

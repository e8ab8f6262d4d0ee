namespace Issuer.Core;

/// <summary>How often something was done on a day, in the transaction of what is counted.</summary>
public interface IDailyUse
{
    /// <summary>
    /// Counts one more use of that day. Everybody at once has to pass the row, so that a hundred requests in parallel
    /// do not all see nothing used.
    /// </summary>
    /// <returns>How many that day, this one among them.</returns>
    Task<long> CountUseAsync(string name, DateOnly day);
}

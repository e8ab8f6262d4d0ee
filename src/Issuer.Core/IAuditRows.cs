namespace Issuer.Core;

/// <summary>
/// The audit trail, in the transaction of what it tells of. Acts are a few fixed words; no personal data in them.
/// </summary>
public interface IAuditRows
{
    /// <param name="objects">The numbers of the rows it was done to, one audit row each.</param>
    Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects);

    /// <summary>For what has no row number.</summary>
    Task AuditAsync(Act act, string what);

    Task AuditAsync(Act act, string what, long of) => AuditAsync(act, what, [of]);
}

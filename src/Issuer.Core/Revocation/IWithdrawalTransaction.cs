namespace Issuer.Core.Revocation;

/// <summary>A record, as withdrawing it needs to know it.</summary>
public sealed record WithdrawableRecord(long Version, bool IsWithdrawn);

/// <summary>
/// Records that are withdrawn and what rests on them, for one or for many at once, like
/// <see cref="IRevocationTransaction"/>.
/// </summary>
public interface IWithdrawalTransaction : IRevocationTransaction
{
    /// <param name="facility">Whose it must be; null: anybody's.</param>
    Task<WithdrawableRecord?> FindRecordAsync(long record, string? facility);

    /// <summary>
    /// The unexpired certificates that rely on these doses, which are signed for: those that certify one or a later one
    /// of the person's. A dose that another facility entered too still stands.
    /// </summary>
    Task<IReadOnlyList<long>> RelyingOnAsync(IReadOnlyCollection<long> records, DateTimeOffset now);

    /// <summary>
    /// Statements over later doses of the same persons relied on those of these that were signed for: they no longer
    /// stand.
    /// </summary>
    Task VoidLaterStatementsAsync(IReadOnlyCollection<long> records);

    /// <summary>The doses were not given, and no signature over them stands.</summary>
    Task VoidAsync(IReadOnlyCollection<long> records, Act act);

    /// <summary>
    /// The persons are decided again on what is left. What repeated one of these doses stands for itself now.
    /// </summary>
    Task DecideAgainAsync(IReadOnlyCollection<long> records);

    /// <summary>
    /// Others of their lots may come in the place of what <see cref="VoidAsync"/> voided. Call it last: it locks rows
    /// that every submission of those lots needs.
    /// </summary>
    Task FreeLotsAsync();
}

namespace Issuer.Core.Revocation;

/// <summary>
/// What withdrawing records does to everything that rests on them, for one or for many at once: steps 3 to 5 of
/// <see cref="RevokeCertificates"/>.
/// </summary>
static class WithdrawRecords
{
    /// <param name="why">What the records are withdrawn for.</param>
    /// <returns>The certificates it revoked.</returns>
    public static async Task<IReadOnlyList<long>> ApplyAsync(
        IWithdrawalTransaction rows, IReadOnlyCollection<long> records, RevocationReason why, Act act, long? approvalId)
    {
        if (records.Count == 0)
        {
            return [];
        }
        // 3. Reach: not the lineage, only what relies on these doses. The others of the person stand. What nobody signed
        // for, nothing relies on.
        var relying = await rows.RelyingOnAsync(records, act.At);
        await rows.VoidLaterStatementsAsync(records);
        await rows.VoidAsync(records, act);
        // 4. Declare: a mistake has grace, anything worse has none.
        var declared = Declaration.AfterGrace(
            RevocationReason.RecordWithdrawn, act, why.Rule().RecordGrace ?? TimeSpan.Zero) with
        { ApprovalId = approvalId };
        var revoked = await rows.DeclareAsync(relying, declared);
        // 5. What follows: what is left is decided again.
        await rows.DecideAgainAsync(records);
        await rows.AuditAsync(act, $"record-withdrawn {why.ToWire()}", records);
        await rows.FreeLotsAsync();
        return revoked;
    }
}

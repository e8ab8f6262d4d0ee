using System.Text.Json.Serialization;
using Issuer.Core.Revocation;

namespace Issuer.Core.Approvals;

/// <summary>
/// Withdraws records of one facility, with the certificates that rely on them: what one person does a few times a day
/// alone, for a whole set.
/// </summary>
public sealed record WithdrawSet(BulkCriteria Criteria, RevocationReason Why, string Reason) : TwoPersonCommand(Reason)
{
    /// <inheritdoc cref="RevokeInBulk.Impact"/>
    [JsonIgnore]
    public BulkImpact? Impact { get; init; }

    /// <inheritdoc cref="RevokeInBulk.AsOf"/>
    [JsonIgnore]
    public DateTimeOffset AsOf { get; init; }

    /// <summary>What the job does once it is approved.</summary>
    public RevokeInBulk ToBulk() => new(Criteria, Why, Reason) { Impact = Impact, AsOf = AsOf };
}

/// <summary>
/// The set: as a bulk act's, and whose it is to decide. A signatory asks for their own facility or somebody of its
/// province does; another person of the province says yes, or the ministry's.
/// </summary>
sealed class WithdrawSetAct : ApprovalAct<WithdrawSet>
{
    const string ProvinceLine = "province ";

    readonly RevokeInBulkAct bulk = new();

    public override async Task<Rejection?> RefuseAsync(
        IApprovalTransaction rows, TwoPersonCommand command, Person person, DateTimeOffset now)
    {
        if (((WithdrawSet)command).Criteria.Facility is not { } facility)
        {
            return new Rejection(RejectionKind.Invalid, "say whose records are meant");
        }
        // Who may also approve looks after more than one facility: that counts for them.
        var decides = ApprovalRule.Of(command).Approvers.Any(person.Roles.Contains);
        if (!decides)
        {
            return person.Facility == facility ? null : ProvinceRule.NotTheirs;
        }
        return await rows.HeldSets.ProvinceOfAsync(facility) is { IsFound: true } found
            ? ProvinceRule.Refuse(person, found.Province, isMinistrys: true)
            : new Rejection(RejectionKind.NotFound, "this facility is not known");
    }

    /// <summary>The province whose people decide; null: the ministry alone does.</summary>
    public static string? ProvinceOf(Approval approval) =>
        approval.Set.Lines.FirstOrDefault(line => line.StartsWith(ProvinceLine, StringComparison.Ordinal))
            ?[ProvinceLine.Length..];

    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, WithdrawSet command, MaterialisedSet? asked, DateTimeOffset now)
    {
        if (!command.Criteria.IsOfRecords)
        {
            return new Rejection(
                RejectionKind.Invalid, "a facility's records are withdrawn, and certificates with them");
        }
        if ((await bulk.MaterialiseAsync(rows, command.ToBulk(), asked, now)).IsRefused(out var why, out var set))
        {
            return why;
        }
        var (_, province) = await rows.HeldSets.ProvinceOfAsync(command.Criteria.Facility!);
        return asked is not null || province is null
            ? set
            : new MaterialisedSet([.. set.Lines, ProvinceLine + province]);
    }

    protected override Task ExecuteAsync(
        IApprovalTransaction rows, WithdrawSet command, Approval approval, Act act) =>
        bulk.ExecuteAsync(rows, approval with { Command = command.ToBulk() }, act);
}

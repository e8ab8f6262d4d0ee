using System.Text.Json;
using System.Text.Json.Serialization;
using Issuer.Core.Revocation;

namespace Issuer.Core.Approvals;

/// <summary>Revokes everything the criteria reach; the exact rows are stored when it is asked for.</summary>
public sealed record RevokeInBulk(BulkCriteria Criteria, RevocationReason Why, string Reason) : TwoPersonCommand(Reason)
{
    /// <summary>What was counted for whoever asks; the set itself is read again and stored.</summary>
    [JsonIgnore]
    public BulkImpact? Impact { get; init; }

    /// <summary>As of when: what has expired by then is not of the set.</summary>
    [JsonIgnore]
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Seconds since 1970: a suspension of certificates until then; null: for good.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SuspendUntil { get; init; }

    [JsonIgnore]
    public DateTimeOffset? SuspendedUntil =>
        SuspendUntil is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>The other way of <see cref="TwoPersonCommand.Canonical"/>.</summary>
    public static RevokeInBulk Parse(string canonical) =>
        JsonSerializer.Deserialize<RevokeInBulk>(canonical) ?? throw new JsonException("No command.");
}

/// <summary>
/// The set: how many rows, the digest of those that are stored, and the impact that was shown; so that what is executed
/// is what was shown. Yes marks it to be executed; a job does it in steps.
/// </summary>
sealed class RevokeInBulkAct : ApprovalAct<RevokeInBulk>
{
    const string DigestLine = "digest ";

    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, RevokeInBulk command, MaterialisedSet? asked, DateTimeOffset now)
    {
        if (command.Criteria.Fault(command.Why) is { } why)
        {
            return new Rejection(RejectionKind.Invalid, why);
        }
        if (command.SuspendedUntil <= now)
        {
            return new Rejection(RejectionKind.Conflict, "the suspension would have ended already: ask again");
        }
        if (asked is not null)
        {
            var digest = DigestOf(asked);
            return await rows.Bulks.FindAsync(command, digest) is { } found
                && found.Digest.AsSpan().SequenceEqual(digest)
                ? asked
                : new MaterialisedSet(["the stored rows are not those that were shown"]);
        }
        return await rows.Bulks.StoreAsync(command, command.Why.Rule().ReachesLineage) is { } bulk
            ? new MaterialisedSet([.. LinesOf(command, bulk)])
            : new Rejection(RejectionKind.Conflict, "no record or certificate fits this");
    }

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, RevokeInBulk command, Approval approval, Act act)
    {
        var bulk = await rows.Bulks.FindAsync(command, DigestOf(approval.Set));
        await rows.Bulks.ApproveAsync(bulk!, approval.Id, act);
        await rows.AuditAsync(act, $"bulk-revocation-approved {command.Why.ToWire()}", bulk!.Id);
    }

    static IEnumerable<string> LinesOf(RevokeInBulk command, StoredBulk bulk)
    {
        yield return $"{(command.Criteria.IsOfRecords ? "records" : "certificates")} {bulk.Size}";
        yield return DigestLine + Convert.ToHexStringLower(bulk.Digest);
        if (command.SuspendedUntil is { } until)
        {
            yield return $"suspended until {until:O}";
        }
        if (command.Impact is { } impact)
        {
            yield return $"revoked certificates {impact.Certificates}";
            yield return $"people {impact.People}";
            yield return $"can be re-issued at once {impact.Reissuable}";
            foreach (var (kid, count) in impact.ByKid.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                yield return $"under DSC {kid} {count}";
            }
        }
    }

    static byte[] DigestOf(MaterialisedSet set) => Convert.FromHexString(
        set.Lines.FirstOrDefault(line => line.StartsWith(DigestLine, StringComparison.Ordinal))?[DigestLine.Length..]
            ?? "");
}

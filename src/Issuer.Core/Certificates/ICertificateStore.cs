using Issuer.Core.Identity;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>A person who waits for a decision.</summary>
/// <param name="Revision">Rises with every change of what is known of the person.</param>
/// <param name="Lineage">The open one; without it the last that revocation closed, if any.</param>
public sealed record DueSubject(
    long Id, long Revision, SubjectIdentity Identity, IReadOnlyList<Dose> Doses, LineageHead? Lineage)
{
    /// <summary>What was revoked for cause and is not issued again; null: nothing.</summary>
    public byte[]? RevokedContent { get; init; }

    /// <summary>
    /// As a decision at a moment sees it: a lineage whose revocation is still in its grace goes on, one that was
    /// revoked is closed, and a later entitlement opens another.
    /// </summary>
    public DueSubject At(DateTimeOffset now) => Lineage switch
    {
        null or { IsOpen: true } => this,
        { Revocation: { } why } when !why.IsRevokedAt(now) => this,
        { Revocation: { } why } when why.Reason.Rule().MayBeCertifiedAgain => this with { Lineage = null },
        { } closed => this with { Lineage = null, RevokedContent = closed.EndedByGrace ? null : closed.ContentDigest },
    };
}

/// <summary>
/// A person's lineage and what its current certificate says; the slot is null before the first one.
/// </summary>
/// <param name="Merged">Two subjects became this person since.</param>
/// <param name="Revocation">Of its current certificate.</param>
/// <param name="EndedByGrace">Nobody revoked it for cause: the person had ceased to be entitled.</param>
public sealed record LineageHead(
    long Id, Slot? Current, byte[]? ContentDigest, int? DoseNumber, bool Merged = false, bool IsOpen = true,
    DeclaredRevocation? Revocation = null, bool EndedByGrace = false)
{
    /// <summary>
    /// Whether a certificate with this content needs no successor. A leaked one has its own on the way; one that fell
    /// with a dose must be replaced.
    /// </summary>
    public bool Says(ReadOnlySpan<byte> content, DateTimeOffset now) =>
        ContentDigest is { } current && content.SequenceEqual(current)
        && (Revocation?.IsRevokedAt(now) != true || Revocation.Reason == RevocationReason.Leaked);
}

/// <summary>
/// A decision that leads to no new certificate: refusals, or none when the current one already says it.
/// </summary>
/// <param name="Resumes">A lineage that was being closed and goes on: the person is entitled again.</param>
public sealed record SettledSubject(
    long Id, long Revision, IReadOnlyList<Refusal> Refusals, long? Resumes = null)
{
    /// <summary>
    /// They are no longer entitled: what is declared of all that they have, which closes their lineages. Null: what
    /// they have stands.
    /// </summary>
    public Declaration? Ends { get; init; }
}

/// <summary>What a decision asks about a person's doses; none: nothing any more.</summary>
public sealed record AskedSubject(long Id, IReadOnlyList<CourseQuestion> Questions);

/// <summary>A run of unused places in one shard.</summary>
public sealed record SlotLease(long Shard, byte[] Seed, long First, int Count)
{
    public Slot this[int index] => ShardOrder.SlotAt(Shard, Seed, First + index);
}

/// <summary>Certificates as steps 5 to 9 need them. One issuing round at a time is the caller's business.</summary>
public interface ICertificateStore
{
    /// <summary>Persons with an undecided revision and an id above <paramref name="after"/>, lowest first.</summary>
    Task<IReadOnlyList<DueSubject>> ClaimDueAsync(long after, int limit, CancellationToken cancel);

    /// <summary>
    /// Durable when it returns: nobody gets these slots again, used or not. May lease fewer than asked for.
    /// </summary>
    Task<SlotLease> LeaseSlotsAsync(int count, CancellationToken cancel);

    /// <summary>
    /// Durable when it returns, before the decision is: what is asked about these persons now. What was asked before
    /// keeps its day, what is asked no more goes.
    /// </summary>
    Task AskAsync(IReadOnlyCollection<AskedSubject> decided, Act act, CancellationToken cancel);

    /// <summary>
    /// Step 7, one transaction, durable when it returns: stores the intents and marks all these persons as decided.
    /// What was decided on an older revision than the store now has is left out; that person stays due.
    /// </summary>
    /// <returns>Which intents were stored, and in which lineages.</returns>
    Task<IReadOnlyList<ReservedSlot>> ReserveAsync(
        IReadOnlyList<PreparedCertificate> intents, IReadOnlyList<SettledSubject> settled, Act act,
        CancellationToken cancel);

    /// <summary>
    /// Step 9, one transaction, durable when it returns: signature, revocation hash, audit row; the lineage's current
    /// slot moves by compare-and-swap from the predecessor.
    /// </summary>
    /// <returns>How many became current; the others were completed before, or their lineage moved on.</returns>
    Task<int> CompleteAsync(IReadOnlyList<SignedCertificate> certificates, Act act, CancellationToken cancel);

    /// <summary>Intents without a signature, left by a round that did not end; lowest slot first.</summary>
    Task<IReadOnlyList<StoredIntent>> OpenIntentsAsync(Slot? after, int limit, CancellationToken cancel);

    /// <summary>Gives intents up for good (their slots stay used) and makes their persons due again.</summary>
    Task AbandonAsync(IReadOnlyList<StoredIntent> intents, Act act, CancellationToken cancel);
}

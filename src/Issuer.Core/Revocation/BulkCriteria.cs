using System.Text.Json.Serialization;

namespace Issuer.Core.Revocation;

/// <summary>
/// What a bulk act reaches: records, which are withdrawn, or certificates. Members given together narrow each other.
/// Plain values in one order, since it is stored and digested.
/// </summary>
/// <param name="EnteredBy">The user who entered the records: a token's <c>sub</c>.</param>
/// <param name="Product">EU code; with <paramref name="Lot"/>.</param>
/// <param name="Kid">The DSC that signed.</param>
/// <param name="From">Seconds since 1970: when records were entered, certificates issued.</param>
/// <param name="To">The first moment that is no longer of it.</param>
public sealed record BulkCriteria(
    IReadOnlyList<long>? Records = null, string? Facility = null, string? EnteredBy = null, string? Product = null,
    string? Lot = null, IReadOnlyList<long>? Certificates = null, IReadOnlyList<long>? Lineages = null,
    long? Subject = null, string? Kid = null, long? From = null, long? To = null)
{
    /// <summary>Everything that is under a hold: for whoever withdraws that as a set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Hold { get; init; }

    public bool IsOfRecords => Records is not null || Facility is not null || EnteredBy is not null || Lot is not null
        || Hold is not null;

    public bool IsOfCertificates =>
        Certificates is not null || Lineages is not null || Subject is not null || Kid is not null;

    /// <summary>Why nobody may ask for that; null: they may.</summary>
    public string? Fault(RevocationReason why) => this switch
    {
        { IsOfRecords: true, IsOfCertificates: true } => "records and certificates are two acts",
        { IsOfRecords: false, IsOfCertificates: false } => "say which records or certificates are meant",
        { Lot: not null, Product: null } or { Lot: null, Product: not null } => "a lot is named with its product",
        _ when From >= To => "the time ends before it begins",
        { IsOfRecords: true } when why.Rule().RecordGrace is null => $"records are not withdrawn as {why.ToWire()}",
        _ => null,
    };
}

/// <summary>What a bulk act would do, counted before anybody asks for it.</summary>
/// <param name="Items">The records or certificates of the set.</param>
/// <param name="Certificates">Unexpired ones that would be revoked.</param>
/// <param name="People">Their holders.</param>
/// <param name="ByKid">The certificates, by the DSC that signed them.</param>
/// <param name="Reissuable">
/// People whose other doses or honest record bring them a certificate at once, or leave them theirs.
/// </param>
public sealed record BulkImpact(
    long Items, long Certificates, long People, IReadOnlyDictionary<string, long> ByKid, long Reissuable);

/// <summary>How far an approved act has come.</summary>
/// <param name="Changed">Rows that were no longer as they were shown, and were left alone.</param>
/// <param name="Certificates">Revoked by it.</param>
public sealed record BulkProgress(
    long Id, RevocationReason Why, long Items, long Done, long Changed, long Certificates, long? ApprovalId,
    DateTimeOffset? FinishedAt)
{
    public long Waiting => Items - Done - Changed;

    /// <summary>Certificates revoked by the step that this is told of.</summary>
    public long Reached { get; init; }
}

using Dapper;
using Issuer.Core.Revocation;
using Issuer.Storage.Holds;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>Criteria as conditions. Values are always parameters.</summary>
sealed class BulkSql
{
    readonly BulkCriteria criteria;
    readonly Func<string, string> oneOf;

    public BulkSql(BulkCriteria criteria, bool wholeLineages, DateTimeOffset now, Func<string, string> oneOf)
    {
        this.criteria = criteria;
        this.oneOf = oneOf;
        Parameters = new DynamicParameters(new
        {
            now = now.ToUnixTimeSeconds(), criteria.Facility, criteria.EnteredBy, criteria.Product, criteria.Lot,
            criteria.Kid, criteria.Subject, criteria.Hold, criteria.From, criteria.To,
            records = criteria.Records?.ToArray() ?? [],
            certificates = criteria.Certificates?.ToArray() ?? [], lineages = criteria.Lineages?.ToArray() ?? [],
        });
        Certificates = criteria.IsOfRecords
            ? RecordRows.Relying(OfRecords("r"), $"and not ({OfRecords("d")})")
            : $"""
            select c.slot from certificate c
            where {(wholeLineages
                ? $"c.lineage_id in (select t.lineage_id from certificate t where {OfCertificates("t")})"
                : OfCertificates("c"))}
              and {IsAlive("c")} and not exists (select 1 from revocation v
                where v.slot = c.slot and {IsForGood("v")})
            """;
        Items = criteria.IsOfRecords
            ? $"select r.id as item_id, r.version from record r where {OfRecords("r")}"
            : $"select s.slot as item_id, 0 as version from ({Certificates}) s";
    }

    public DynamicParameters Parameters { get; }

    /// <summary>The certificates it would revoke: one column <c>slot</c>.</summary>
    public string Certificates { get; }

    /// <summary>What it works on: <c>item_id</c> and <c>version</c>.</summary>
    public string Items { get; }

    public string OfRecords(string r) => string.Join(" and ", new[]
    {
        IsGiven(r),
        criteria.Records is null ? null : $"{r}.id {oneOf("records")}",
        criteria.Hold is null ? null : $"{r}.id in ({HeldSets.MembersOf("@Hold")})",
        criteria.Facility is null ? null : $"{r}.facility = @Facility",
        criteria.EnteredBy is null ? null : $"{r}.entered_by = @EnteredBy",
        criteria.Lot is null ? null : $"{r}.product = @Product and {r}.lot = @Lot",
        // There is an index by facility and none by lot, which every entry would pay for.
        criteria.Lot is null || criteria.Facility is not null ? null
            : $"{r}.facility in (select u.facility from lot_use u where u.product = @Product and u.lot = @Lot)",
        criteria.From is null ? null : $"{r}.entered_at >= @From",
        criteria.To is null ? null : $"{r}.entered_at < @To",
    }.OfType<string>());

    string OfCertificates(string c) => string.Join(" and ", new[]
    {
        IsCompleted(c),
        criteria.Certificates is null ? null : $"{c}.slot {oneOf("certificates")}",
        criteria.Lineages is null ? null : $"{c}.lineage_id {oneOf("lineages")}",
        criteria.Subject is null
            ? null
            : $"{c}.lineage_id in (select p.id from lineage p where p.subject_id = @Subject)",
        criteria.Kid is null ? null : $"{c}.kid = @Kid",
        criteria.From is null ? null : $"{c}.issued_at >= @From",
        criteria.To is null ? null : $"{c}.issued_at < @To",
    }.OfType<string>());
}

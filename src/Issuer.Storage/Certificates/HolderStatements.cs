using Dapper;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Certificates;

/// <summary>
/// What is read of holders, a fixed number of them at once: such statements are planned once, where PostgreSQL would
/// plan an array of unknown length anew each time, which takes longer than reading.
/// </summary>
sealed class HolderStatements
{
    public const int Most = 16;

    static readonly HolderStatements One = new(1);
    static readonly HolderStatements Many = new(Most);

    readonly int count;

    HolderStatements(int count)
    {
        this.count = count;
        var documents = string.Join(", ", Enumerable.Range(0, count).Select(n => $"@d{n}"));
        Certificates =
            $"""
            select d.document, {HolderCertificates.Columns}
            from identity_document d
            join lineage l on l.subject_id = d.subject_id
            join certificate c on c.lineage_id = l.id
            {JoinStanding}
            where d.document in ({documents}) and {IsCompleted("c")}
            order by c.issued_at desc, case when c.slot = l.current_slot then 0 else 1 end, c.slot desc
            """;
        CertificatesAndDoses =
            $"""
            {Certificates};
            select d.document, {RecordColumns.All.In("r")}
            from identity_document d
            join record r on r.subject_id = d.subject_id
            where d.document in ({documents}) and {CountsAsDose("r")}
            order by r.vaccinated_on, r.id
            """;
    }

    /// <summary>Newest first.</summary>
    public string Certificates { get; }

    public string CertificatesAndDoses { get; }

    public static HolderStatements For(IReadOnlyList<string> documents) => documents.Count == 1 ? One : Many;

    /// <summary>What is too few is filled up with the last, which is looked up once all the same.</summary>
    public DynamicParameters Parameters(IReadOnlyList<string> documents)
    {
        var parameters = new DynamicParameters();
        for (var n = 0; n < count; n++)
        {
            parameters.Add($"d{n}", documents[Math.Min(n, documents.Count - 1)]);
        }
        return parameters;
    }
}

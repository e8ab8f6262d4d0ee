using System.Globalization;
using Issuer.Storage;

namespace Issuer.Benchmarks;

/// <summary>
/// A store filled up with people who have what the first one has, by one statement a table. Their certificates are rows
/// like any other, but their signed bytes are the first one's: they are read and sent, not verified.
/// </summary>
static class ManyCertificates
{
    /// <summary>Ids and slots of theirs begin here, far from any that are leased.</summary>
    const long First = 1L << 30;

    static readonly string[] Statements =
    [
        """
        insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals)
        select @first + i, s.revision, s.decided, s.family_name, s.given_name, s.sex, s.date_of_birth, null
        from n, (select * from subject order by id limit 1) s
        """,
        """
        insert into identity_document (document, subject_id)
        select 'VNM:9' || substr(cast(100000000000 + i as text), 2), @first + i from n
        """,
        """
        insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex,
            date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind,
            vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held)
        select @first + i, 'many ' || cast(i as text), r.version, r.digest, r.facility, 'many ' || cast(i as text),
            r.family_name, r.given_name, r.sex, r.date_of_birth, r.identity_type, r.identity_number, r.nationality,
            r.product, r.lot, r.dose_number, r.dose_kind, r.vaccinated_on, r.entered_by, r.entered_at, r.state,
            r.differs, r.suggestion, @first + i, null, r.attested, r.held
        from n, (select * from record order by id limit 1) r
        """,
        """
        insert into lineage (id, subject_id, current_slot, is_open, regenerate_at)
        select @first + i, @first + i, @first + i, 1, l.regenerate_at
        from n, (select * from lineage order by id limit 1) l
        """,
        """
        insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at,
            expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned)
        select @first + i, c.random, @first + i, c.subject_revision, null, null, c.kid, c.issued_at, c.expires_at,
            c.to_be_signed, c.content_digest, c.dose_number, c.signature, c.revocation_hash, 0
        from n, (select * from certificate order by slot limit 1) c
        """,
    ];

    /// <summary>The number of the i-th of them, from one on.</summary>
    public static string NumberOf(long i) => "9" + i.ToString("00000000000", CultureInfo.InvariantCulture);

    public static async Task FillAsync(Database database, long people, CancellationToken cancel)
    {
        await ClonedRows.InsertAsync(database, Statements, new { first = First, people }, cancel);
        await database.WriteAsync(session => session.ExecuteAsync("analyze certificate"), cancel);
    }
}

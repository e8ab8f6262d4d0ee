using System.Globalization;
using Issuer.Core.Facilities;
using Issuer.Core.Records;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Storage.Revocation;

namespace Issuer.Benchmarks;

/// <summary>
/// People who were vaccinated, or were not, at a facility that invented doses: three of ten have an honest dose from
/// elsewhere before it. Two go the whole way; the others are rows cloned from them, one statement a table.
/// </summary>
static class RevokePeople
{
    public const string BadFacility = "99-0001";

    const int Tenth = 10;
    const int HonestTenths = 3;
    const long First = 1L << 30;

    /// <summary>Vaccinated long enough ago for a booster since.</summary>
    const int Honest = 150;
    const int Invented = 1;

    static readonly string[] Statements =
    [
        """
        insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals)
        select @first + i, s.revision, s.decided, s.family_name, s.given_name, s.sex, s.date_of_birth, null
        from n, (select * from subject where id = @template) s
        """,
        """
        insert into identity_document (document, subject_id)
        select 'VNM:' || cast(@documents + i as text), @first + i from n
        """,
        """
        insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex,
            date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind,
            vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held)
        select 2 * (@first + i) + r.k, 'many ' || cast(2 * (@first + i) + r.k as text), r.version, r.digest, r.facility,
            'many ' || cast(i as text), r.family_name, r.given_name, r.sex, r.date_of_birth, r.identity_type,
            r.identity_number, r.nationality, r.product, r.lot, r.dose_number, r.dose_kind, r.vaccinated_on,
            r.entered_by, r.entered_at, r.state, r.differs, r.suggestion, @first + i, null, r.attested, r.held
        from n, (select t.*, row_number() over (order by t.id) - 1 as k from record t where t.subject_id = @template) r
        """,
        """
        insert into lineage (id, subject_id, current_slot, is_open, regenerate_at)
        select @first + i, @first + i, @first + i, 1, l.regenerate_at
        from n, (select * from lineage where subject_id = @template) l
        """,
        """
        insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at,
            expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned)
        select @first + i, c.random, @first + i, c.subject_revision, null, null, c.kid, c.issued_at, c.expires_at,
            c.to_be_signed, c.content_digest, c.dose_number, c.signature, c.revocation_hash, 0
        from n, (select c.* from certificate c join lineage l on l.current_slot = c.slot
            where l.subject_id = @template) c
        """,
    ];

    /// <returns>How many have an honest dose.</returns>
    public static async Task<long> AddAsync(
        IssuerServices issuer, Database database, long people, CancellationToken cancel)
    {
        await issuer.Get<IFacilityStore>().SaveAsync(
            [new Facility(BadFacility, "Trạm y tế giả", "station", "01", null)],
            issuer.Get<NationalClock>().Act("bench"), cancel);
        await BenchPeople.AddAsync(issuer, Honest, 1, cancel);
        var bad = BenchPeople.RecordOf(Honest, issuer.Get<NationalClock>().Today) with { Facility = BadFacility };
        await BenchPeople.EnterAsync(
            issuer,
            [
                Row(bad with
                {
                    DoseNumber = 2,
                    DoseKind = DoseKind.Booster,
                    VaccinatedOn = bad.VaccinatedOn.AddDays(90),
                }),
                Row(BenchPeople.RecordOf(
                    Invented, issuer.Get<NationalClock>().Today.AddDays(-300)) with { Facility = BadFacility }),
            ],
            cancel);
        await issuer.Get<IssueRound>().RunAsync("bench", null, cancel);
        var honest = (people * HonestTenths / Tenth) - 1;
        await FillAsync(issuer, database, Honest, First, honest, cancel);
        await FillAsync(issuer, database, Invented, 2 * First, people - honest - 2, cancel);
        return honest + 1;
    }

    /// <summary>As an app's back end asks for the i-th of the honest.</summary>
    public static string DocumentOf(long i) =>
        $"VNM:{(First + Documents + i).ToString(CultureInfo.InvariantCulture)}";

    const long Documents = 900_000_000_000;

    static CheckedRow Row(VaccinationRecord record) => new(record, null, []);

    static async Task FillAsync(
        IssuerServices issuer, Database database, int template, long first, long people, CancellationToken cancel)
    {
        var subject = await issuer.Get<BulkStore>().SubjectOfAsync($"VNM:{BenchPeople.NumberOf(template)}", cancel);
        await ClonedRows.InsertAsync(
            database, Statements, new { first, people, template = subject, documents = Documents + first }, cancel);
        foreach (var table in new[] { "subject", "identity_document", "record", "lineage", "certificate" })
        {
            await database.WriteAsync(session => session.ExecuteAsync($"analyze {table}"), cancel);
        }
    }
}

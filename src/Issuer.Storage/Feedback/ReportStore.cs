using Dapper;
using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Feedback;

sealed class ReportStore(Database database, IdLeases ids) : IReportStore
{
    const int MostCandidates = 200;

    const string CandidateOf = "r.id, r.facility, r.family_name, r.given_name, r.date_of_birth, r.lot, r.vaccinated_on";

    static readonly string WaitingUnder =
        $"r.identity_number = @number and {DoesNotMatch("r")} and r.identity_number <> ''";

    public Task<IReadOnlyList<ReportCandidate>> CandidatesAsync(Filer filer, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<ReportCandidate>>(
            async connection =>
            {
                var own = await connection.QueryAsync<CandidateColumns>(
                    $"""
                    select {CandidateOf} from identity_document d join record r on r.subject_id = d.subject_id
                    where d.document = @Document order by r.id limit {MostCandidates}
                    """,
                    new { filer.Document });
                var waiting = await connection.QueryAsync<CandidateColumns>(
                    $"select {CandidateOf} from record r where {WaitingUnder} order by r.id limit {MostCandidates}",
                    new { number = filer.RecordedNumber });
                return [.. own.Select(row => row.ToCandidate(true)), .. waiting.Select(row => row.ToCandidate(false))];
            },
            cancel);

    public async Task<Result<FiledReport>> FileAsync(NewReport report, Act act, CancellationToken cancel)
    {
        var id = await ids.TakeAsync("report", 1, cancel);
        return await database.WriteAsync<Result<FiledReport>>(
            async session =>
            {
                var said = await session.QueryAsync<ReportColumns>(
                    $"{ReportColumns.Select} where r.filer = @Key and r.digest = @digest and {WaitsForAnswer("r")}",
                    new { report.Filer.Key, digest = report.Claim.DigestOf(report.Filer.Document) });
                if (said is [var before])
                {
                    return new FiledReport(before.ToReport(null), IsNew: false);
                }
                if (await DailyUse.TakeAsync(session, $"report {report.Filer.Key}", report.Filer.DailyCap, act.At)
                    is { } tooMany)
                {
                    return tooMany;
                }
                await ReportColumns.InsertAsync(session, id, report, act.At);
                await AuditRows.AddAsync(session, act, "report-filed", [id]);
                return new FiledReport((await FindAsync(session, id))!, IsNew: true);
            },
            cancel);
    }

    public async Task<Report?> FindAsync(long id, CancellationToken cancel) => (await database.ReadAsync(
        connection => ReportColumns.ReadAsync(database, connection, "r.id = @id", new { id }),
        cancel)).SingleOrDefault();

    public Task<IReadOnlyList<Report>> PageAsync(ReportQuery query, long after, int limit, CancellationToken cancel)
    {
        var parameters = new DynamicParameters(new { after, limit });
        var where = new List<string> { "r.id > @after" };
        void Narrow(string condition, string name, object value)
        {
            where.Add(condition);
            parameters.Add(name, value);
        }
        if (query.Filer is { } filer)
        {
            Narrow("r.filer = @filer", "filer", filer);
        }
        if (query.Own.Facility is { } facility)
        {
            Narrow("r.facility = @facility", "facility", facility);
        }
        if (query.Own.Provinces is { } provinces)
        {
            Narrow($"f.province {database.OneOf("provinces")}", "provinces", provinces.ToArray());
        }
        if (query.LateAt is { } now)
        {
            Narrow($"{WaitsForAnswer("r")} and r.due_at <= @now", "now", now.ToUnixTimeSeconds());
        }
        return database.ReadAsync(
            connection => ReportColumns.ReadAsync(
                database, connection, $"{string.Join(" and ", where)} order by r.id limit @limit", parameters),
            cancel);
    }

    public Task<Result<Report>> AnswerAsync(
        long id, long version, ReportAnswer answer, WorklistScope own, Act act, CancellationToken cancel) =>
        database.WriteAsync<Result<Report>>(
            async session =>
            {
                if (await FindAsync(session, id) is not { } report)
                {
                    return AnswerReports.NotThere;
                }
                if (AnswerReports.Refuse(report, version, own, act.At) is { } why)
                {
                    return why;
                }
                if (answer.RecordId is { } record && !await IsOfAsync(session, record, report.Facility))
                {
                    return new Rejection(
                        RejectionKind.Invalid, "the record belongs to another facility",
                        [new Fault("record_id", FaultCode.OutOfRange)]);
                }
                await session.ExecuteAsync(
                    """
                    update report set version = version + 1, state = @state, reason = @Reason, note = @Note,
                        answered_record = @RecordId, answered_at = @at
                    where id = @id
                    """,
                    new
                    {
                        id, state = (long)answer.State, answer.Reason, answer.Note, answer.RecordId,
                        at = act.At.ToUnixTimeSeconds(),
                    });
                await AuditRows.AddAsync(session, act, $"report-{Kebab.Of(answer.State.ToString())}", [id]);
                return (await FindAsync(session, id))!;
            },
            cancel);

    public Task<Result<LookUpAnswer>> LookUpAsync(
        DeskLookUp wanted, long dailyCap, Act act, CancellationToken cancel) =>
        database.WriteAsync<Result<LookUpAnswer>>(
            async session =>
            {
                var tooMany = await DailyUse.TakeAsync(session, $"look-up {act.Actor}", dailyCap, act.At);
                var under = tooMany is not null ? [] : await session.QueryAsync<CandidateColumns>(
                    $"""
                    select {CandidateOf} from record r
                    where {WaitingUnder} and r.date_of_birth = @born order by r.id limit {MostCandidates}
                    """,
                    new { number = wanted.Number, born = wanted.DateOfBirth.ToString() });
                var found = under.Select(row => row.ToCandidate(false))
                    .Where(c => RouteReport.IsSameName(c.FullName, wanted.FullName)).Select(c => c.Id).ToList();
                await AuditRows.AddAsync(session, act, "desk-looked-up", found);
                if (found.Count == 0)
                {
                    await AuditRows.AddAsync(
                        session, act, [tooMany is null ? "desk-looked-up nothing" : "desk-looked-up too often"]);
                }
                return tooMany is null ? new LookUpAnswer(found.Count > 0) : tooMany;
            },
            cancel);

    static async Task<Report?> FindAsync(WriteSession session, long id) =>
        (await session.QueryAsync<ReportColumns>($"{ReportColumns.Select} where r.id = @id", new { id }))
            .SingleOrDefault()?.ToReport(null);

    static async Task<bool> IsOfAsync(WriteSession session, long record, string facility) =>
        (await session.QueryAsync<long>(
            "select id from record where id = @record and facility = @facility", new { record, facility })).Count == 1;

    sealed record CandidateColumns(
        long Id, string Facility, string FamilyName, string GivenName, string DateOfBirth, string Lot,
        string VaccinatedOn)
    {
        public ReportCandidate ToCandidate(bool isOwn) => new(
            Id, Facility, $"{FamilyName} {GivenName}".Trim(), PartialDate.Parse(DateOfBirth), Lot,
            RecordColumns.DayOf(VaccinatedOn), isOwn);
    }
}

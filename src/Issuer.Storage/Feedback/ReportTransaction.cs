using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Feedback;

sealed class ReportTransaction(WriteSession session) : IReportTransaction
{
    public async Task<Report?> SaidAsync(string filer, byte[] digest) =>
        (await session.QueryAsync<ReportColumns>(
            $"{ReportColumns.Select} where r.filer = @filer and r.digest = @digest and {WaitsForAnswer("r")}",
            new { filer, digest })).SingleOrDefault()?.ToReport(null);

    public Task<long> CountUseAsync(string name, DateOnly day) => new DailyUse(session).CountUseAsync(name, day);

    public async Task<Report> AddAsync(long id, NewReport report, DateTimeOffset at)
    {
        await ReportColumns.InsertAsync(session, id, report, at);
        return (await FindAsync(id))!;
    }

    public async Task<Report?> FindAsync(long id) =>
        (await session.QueryAsync<ReportColumns>($"{ReportColumns.Select} where r.id = @id", new { id }))
            .SingleOrDefault()?.ToReport(null);

    public async Task<bool> IsRecordOfAsync(long record, string facility) =>
        (await session.QueryAsync<long>(
            "select id from record where id = @record and facility = @facility", new { record, facility })).Count == 1;

    public async Task<Report> AnswerAsync(long id, ReportAnswer answer, DateTimeOffset at)
    {
        await session.ExecuteAsync(
            """
            update report set version = version + 1, state = @state, reason = @Reason, note = @Note,
                answered_record = @RecordId, answered_at = @at
            where id = @id
            """,
            new
            {
                id, state = (long)answer.State, answer.Reason, answer.Note, answer.RecordId,
                at = at.ToUnixTimeSeconds(),
            });
        return (await FindAsync(id))!;
    }

    public async Task<IReadOnlyList<ReportCandidate>> WaitingUnderAsync(string number, PartialDate born) =>
        [.. (await session.QueryAsync<CandidateColumns>(
            $"""
            select {CandidateColumns.All} from record r
            where {CandidateColumns.WaitingUnder} and r.date_of_birth = @born
            order by r.id limit {CandidateColumns.Most}
            """,
            new { number, born = born.ToString() })).Select(row => row.ToCandidate(false))];

    public async Task<IReadOnlyList<ReportCandidate>> WaitingWithoutNumberAsync(EnteredAt entered, PartialDate born) =>
        [.. (await session.QueryAsync<CandidateColumns>(
            $"""
            select {CandidateColumns.All} from record r
            where r.facility = @Facility and {IsIn("r", RecordState.MissingId)} and {IsGiven("r")}
              and r.vaccinated_on = @day and r.date_of_birth = @born
            order by r.id limit {CandidateColumns.Most}
            """,
            new { entered.Facility, day = RecordColumns.TextOf(entered.VaccinatedOn), born = born.ToString() }))
            .Select(row => row.ToCandidate(false))];

    public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
        AuditRows.AddAsync(session, act, what, objects);

    public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
}

using System.Text.Json;
using Dapper;
using Issuer.Core;
using Issuer.Core.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Records;

/// <summary>The jobs behind uploaded files, so that work goes on after whatever ended it.</summary>
public sealed class ImportJobs : ITransactions<IImportTransaction>
{
    static readonly ColumnList Columns = ColumnList.Of<Row>();

    /// <summary>Many times a row that is only wrong; longer ones are told by their line alone.</summary>
    const int LongestCells = 4000;

    readonly Database database;
    readonly IdLeases ids;

    internal ImportJobs(Database database, IdLeases ids)
    {
        this.database = database;
        this.ids = ids;
    }

    /// <summary>Known before the job is, so that the file lies in its place first.</summary>
    public Task<long> NewIdAsync(CancellationToken cancel) => ids.TakeAsync("import", 1, cancel);

    public Task<T> DecideAsync<T>(Func<IImportTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new Transaction(session)), cancel);

    /// <summary>The facility's own; another's are not there.</summary>
    public Task<ImportJob?> FindAsync(string facility, long id, CancellationToken cancel) => database.ReadAsync(
        async connection => (await connection.QuerySingleOrDefaultAsync<Row>(
            $"select {Columns} from import_job where id = @id and facility = @facility",
            new { id, facility }))?.ToJob(),
        cancel);

    /// <summary>Everything that has not ended, oldest first.</summary>
    public Task<IReadOnlyList<ImportJob>> RunningAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<ImportJob>>(
            async connection => [.. (await connection.QueryAsync<Row>(
                $"select {Columns} from import_job where {IsRunning("import_job")} order by id"))
                .Select(row => row.ToJob())],
            cancel);

    /// <summary>Keeps how far a job is, with the rows refused since, all at once.</summary>
    public Task SaveAsync(ImportJob job, IReadOnlyList<ImportFault> refused, Act act, CancellationToken cancel) =>
        database.WriteAsync(
            async session =>
            {
                await session.ExecuteManyAsync(
                    $"update import_job set {Columns.Without("Id").Assigned}, ended_at = @ended where id = @Id",
                    [new
                    {
                        row = Row.Of(job),
                        ended = job.State == ImportState.Running ? (long?)null : act.At.ToUnixTimeSeconds(),
                    }]);
                await session.InsertAsync(
                    "import_fault",
                    refused.Select(r => new
                    {
                        jobId = job.Id, r.Line, faults = TextOf(r.Faults), cells = TextOf(r.Cells),
                    }));
            },
            cancel);

    /// <summary>The store was away: the attempt does not count.</summary>
    public Task ForgiveAsync(long id, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteAsync(
            "update import_job set attempts = attempts - 1 where id = @id and attempts > 0", new { id }),
        cancel);

    /// <summary>
    /// Drops what ended before, with the cells of its refused rows, and keys as old: personal data lies here no longer
    /// than somebody may still correct it.
    /// </summary>
    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancel) => database.AppendAsync(
        async session =>
        {
            var at = new { before = before.ToUnixTimeSeconds() };
            var jobs = (await session.QueryAsync<long>(
                $"select id from import_job where {IsOver("import_job")} and ended_at < @before", at)).ToArray();
            if (jobs.Length > 0)
            {
                await session.ExecuteAsync(
                    $"delete from import_fault where job_id {session.OneOf("jobs")}", new { jobs });
                await session.ExecuteAsync($"delete from import_job where id {session.OneOf("jobs")}", new { jobs });
            }
            return await session.ExecuteAsync("delete from idempotency_key where created_at < @before", at);
        },
        cancel);

    /// <summary>
    /// Ends what has been running since before: the disk that its file lay on is gone, and the facility must hear of
    /// it.
    /// </summary>
    public Task GiveUpAsync(DateTimeOffset before, string why, Act act, CancellationToken cancel) =>
        database.AppendAsync(
            session => session.ExecuteAsync(
                $"""
                update import_job set state = {ImportState.Refused:D}, why = @why, ended_at = @at
                where {IsRunning("import_job")} and created_at < @before
                """,
                new { why, at = act.At.ToUnixTimeSeconds(), before = before.ToUnixTimeSeconds() }),
            cancel);

    /// <summary>By line, from the one after <paramref name="after"/> on.</summary>
    public Task<IReadOnlyList<ImportFault>> FaultsAsync(long id, long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<ImportFault>>(
            async connection => [.. (await connection.QueryAsync<FaultRow>(
                $"""
                select {ColumnList.Of<FaultRow>()} from import_fault
                where job_id = @id and line > @after order by line limit @limit
                """,
                new { id, after, limit })).Select(row => row.ToFault())],
            cancel);

    static string? TextOf(IReadOnlyList<string?> cells) =>
        cells.Sum(cell => cell?.Length ?? 0) > LongestCells ? null : JsonSerializer.Serialize(cells);

    static string TextOf(IEnumerable<Fault> faults) => string.Join(
        '\n',
        faults.Select(f => $"{string.Concat(f.Field.Select(c => char.IsControl(c) ? '?' : c))}:{f.Code}"));

    static IReadOnlyList<Fault> FaultsOf(string text) => [.. text.Split('\n').Select(line =>
    {
        var colon = line.LastIndexOf(':');
        return Fault.Kept(line[..colon], line[(colon + 1)..]);
    })];

    sealed class Transaction(WriteSession session) : IImportTransaction
    {
        public Task<EarlierRequest?> FindKeyAsync(RequestKey key) => IdempotencyKeys.FindAsync(session, key);

        public async Task<ImportJob> FindAsync(long id) =>
            (await session.QueryAsync<Row>($"select {Columns} from import_job where id = @id", new { id }))[0].ToJob();

        public async Task<long> CountRunningAsync(string facility) =>
            (await session.QueryAsync<long>(
                $"select count(*) from import_job where {IsRunning("import_job")} and facility = @facility",
                new { facility }))[0];

        public async Task AddAsync(ImportJob job, RequestKey? key, Act act)
        {
            await session.InsertOneAsync(
                "import_job", new { row = Row.Of(job), createdAt = act.At.ToUnixTimeSeconds() });
            await IdempotencyKeys.KeepAsync(session, key, job.Id, act);
        }

        public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
            AuditRows.AddAsync(session, act, what, objects);

        public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
    }

    sealed record FaultRow(long Line, string Faults, string? Cells)
    {
        public ImportFault ToFault() => new(
            Line, FaultsOf(Faults), Cells is null ? [] : JsonSerializer.Deserialize<string?[]>(Cells)!);
    }

    sealed record Row(
        long Id, string Facility, string Actor, long Format, long State, long RowCount, long Done, long Accepted,
        long Corrected, long Unchanged, long Refused, string? Why, long Renumbered, long Attempts, string? Header,
        string? Separator)
    {
        public static Row Of(ImportJob job) => new(
            job.Id, job.Facility, job.Actor, (long)job.Format, (long)job.State, job.Rows, job.Done,
            job.Counts.Accepted, job.Counts.Corrected, job.Counts.Unchanged, job.Counts.Refused, job.Why,
            job.IsRenumbered ? 1 : 0, job.Attempts, job.Header?.Cells, job.Header?.Separator.ToString());

        public ImportJob ToJob() => new(
            Id, Facility, Actor, (ImportFormat)Format, (ImportState)State, RowCount, Done,
            new SubmitCounts(Accepted, Corrected, Unchanged, Refused), Why)
        {
            IsRenumbered = Renumbered == 1, Attempts = Attempts,
            Header = Header is null ? null : new ImportHeader(Header, Separator![0]),
        };
    }
}

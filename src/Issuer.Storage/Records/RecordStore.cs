using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Records;
using Issuer.Storage.Revocation;

namespace Issuer.Storage.Records;

/// <summary>A row and who submits it.</summary>
/// <param name="Claims">Made by it; null: it claims nothing.</param>
sealed record SubmittedBy(CheckedRow Row, Act Act, RegistryClaims? Claims);

sealed class RecordStore : IRecordStore
{
    readonly Database database;
    readonly IdLeases ids;
    readonly GroupedWork<SubmittedBy, StoredRow> single;

    public RecordStore(Database database, IdLeases ids)
    {
        this.database = database;
        this.ids = ids;
        single = new GroupedWork<SubmittedBy, StoredRow>(rows => StoreAsync(rows, null, CancellationToken.None));
    }

    public async Task<IReadOnlyList<StoredRow>> SubmitAsync(
        IReadOnlyList<CheckedRow> rows, SingleActs? acts, RegistryClaims? claims, Act act,
        CancellationToken cancel) => rows switch
        {
            [] => [],
            [{ Corrects: null } row] => [await single.AddAsync(new SubmittedBy(row, act, claims)).WaitAsync(cancel)],
            _ => await StoreAsync([.. rows.Select(row => new SubmittedBy(row, act, claims))], acts, cancel),
        };

    async Task<IReadOnlyList<StoredRow>> StoreAsync(
        IReadOnlyList<SubmittedBy> rows, SingleActs? acts, CancellationToken cancel)
    {
        var firstId = await ids.TakeAsync("record", rows.Count, cancel);
        // Who names no version adds or leaves things alone, and the unique key keeps two from adding the same.
        return rows.Any(row => row.Row.Corrects is not null)
            ? await database.WriteAsync(SubmitAllAsync, cancel)
            : await database.AppendAsync(SubmitAllAsync, cancel);

        async Task<IReadOnlyList<StoredRow>> SubmitAllAsync(WriteSession session)
        {
            var known = await KnownAsync(session, rows);
            var submission = new Submission(session, firstId, acts);
            var answers = new List<StoredRow>(rows.Count);
            foreach (var row in rows)
            {
                answers.Add(await submission.DecideAsync(row, known));
            }
            await submission.StoreAsync();
            return answers.ConvertAll(submission.WithClaim);
        }
    }

    static async Task<Dictionary<string, KnownRecord>> KnownAsync(
        WriteSession session, IReadOnlyList<SubmittedBy> rows)
    {
        var keys = KeysOf(rows);
        var current = await session.QueryAsync<KnownColumns>(
            $"""
            select {ColumnList.Of<KnownColumns>()} from record
            where submission_key {session.OneOf("keys")}
            """,
            new { keys });
        var corrected = current.Where(c => c.Version > 1).Select(c => c.Id).ToArray();
        var older = corrected.Length == 0
            ? []
            : await session.QueryAsync<DigestColumns>(
                $"""
                select {ColumnList.Of<DigestColumns>()} from record_version
                where record_id {session.OneOf("corrected")}
                """,
                new { corrected });
        var reliedOn = await ReliedOnAsync(session, rows);
        var olderOf = older.ToLookup(o => o.RecordId, o => o.Digest);
        return current.ToDictionary(
            c => c.SubmissionKey,
            c => new KnownRecord(c.Id, c.Version, c.Digest, [.. olderOf[c.Id], c.Digest], c.Withdrawn == 1,
                reliedOn.Contains(c.Id),
                DoseOf.Of(
                    c.IdentityNumber, $"{c.FamilyName} {c.GivenName}", c.DateOfBirth,
                    RecordColumns.DayOf(c.VaccinatedOn))));
    }

    /// <summary>Of every reference that a row may be entered under.</summary>
    static string[] KeysOf(IEnumerable<SubmittedBy> rows) =>
    [
        .. rows.SelectMany(row => row.Row.References.Append(row.Row.Record!.Reference)
            .Select(reference => KeyOf(row.Row.Record!.Facility, reference))).Distinct(),
    ];

    /// <summary>Of those that are to be corrected.</summary>
    static async Task<IReadOnlySet<long>> ReliedOnAsync(WriteSession session, IReadOnlyList<SubmittedBy> rows)
    {
        var corrections = rows.Where(row => row.Row.Corrects is not null).ToList();
        return corrections.Count == 0
            ? new HashSet<long>()
            : (await session.QueryAsync<long>(
                $"""
                select k.id from record k
                where k.submission_key {session.OneOf("keys")} and exists ({RecordRows.Relying("r.id = k.id")})
                """,
                new
                {
                    keys = KeysOf(corrections),
                    now = corrections.Max(row => row.Act.At).ToUnixTimeSeconds(),
                })).ToHashSet();
    }

    /// <summary>The separator cannot stand in either part: control characters are refused.</summary>
    public static string KeyOf(VaccinationRecord record) => KeyOf(record.Facility, record.Reference);

    public static string KeyOf(string facility, string reference) => $"{facility}\u001f{reference}";

    sealed record KnownColumns(
        string SubmissionKey, long Id, long Version, byte[] Digest, long Withdrawn, string FamilyName,
        string GivenName, string DateOfBirth, string IdentityNumber, string VaccinatedOn);

    sealed record DigestColumns(long RecordId, byte[] Digest);
}

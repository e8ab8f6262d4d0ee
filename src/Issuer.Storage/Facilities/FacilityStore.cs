using System.Data.Common;
using Dapper;
using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Facilities;

sealed class FacilityStore(Database database) : IFacilityStore
{
    static readonly ColumnList Columns = ColumnList.Of<Facility>();

    /// <summary>Doses with their persons: what is signed, and what it is signed over.</summary>
    static readonly string Select =
        $"select {ColumnList.Of<DoseStanding>().In("r")}, {RecordColumns.All.In("r")} from record r";

    public Task SaveAsync(IReadOnlyList<Facility> facilities, Act act, CancellationToken cancel) => database.WriteAsync(
        session => session.InsertAsync(
            "facility", facilities, $"on conflict (code) do update set {Columns.Without("Code").Excluded}"),
        cancel);

    public Task<IReadOnlyList<Facility>> ListAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<Facility>>(
            async connection => (await connection.QueryAsync<Facility>(
                $"select {Columns} from facility order by code")).AsList(),
            cancel);

    public Task SaveKeysAsync(IReadOnlyDictionary<string, byte[]> keys, Act act, CancellationToken cancel) =>
        database.WriteAsync(
            async session =>
            {
                await session.ExecuteManyAsync(
                    "update facility set attestation_key = @Value where code = @Key",
                    keys.Select(pair => new { pair.Key, pair.Value }));
                await AuditRows.AddAsync(session, act, keys.Keys.Select(code => $"facility-key-registered {code}"));
            },
            cancel);

    public Task<IReadOnlyDictionary<string, byte[]>> KeysAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyDictionary<string, byte[]>>(
            async connection => (await connection.QueryAsync<KeyColumns>(
                $"select {ColumnList.Of<KeyColumns>()} from facility where attestation_key is not null"))
                .ToDictionary(row => row.Code, row => row.AttestationKey),
            cancel);

    public Task<IReadOnlyList<DoseToAttest>> ToAttestAsync(
        string? facility, long after, int limit, CancellationToken cancel) => database.ReadAsync(
            async connection =>
            {
                var doses = await QueryAsync(
                    connection,
                    $"""
                    where {(facility is null
                        ? WaitsForSignature("r")
                        : $"r.facility = @facility and {MayBeSigned("r")}")}
                        and r.id > @after
                    order by r.id limit @limit
                    """,
                    new { facility, after, limit });
                return await WithEarlierAsync(doses, (rest, values) => QueryAsync(connection, rest, values));
            },
            cancel);

    public Task<IReadOnlyList<DoseToAttest>> ToAttestAsync(
        IReadOnlyCollection<long> recordIds, CancellationToken cancel) => database.ReadAsync(
            async connection => await WithEnteredBeforeAsync(
                connection, await ByIdsAsync(recordIds, (rest, values) => QueryAsync(connection, rest, values))),
            cancel);

    public Task<IReadOnlyList<bool>> AttestAsync(
        IReadOnlyList<NewAttestation> attestations, Act act, CancellationToken cancel) =>
        database.WriteAsync<IReadOnlyList<bool>>(
            async session =>
            {
                var ids = attestations.Select(a => a.About.Dose.Id).ToArray();
                var now = (await ByIdsAsync(ids, (rest, values) => QueryAsync(session, rest, values)))
                    .ToDictionary(d => d.Dose.Id);
                var kept = new HashSet<long>();
                var answers = attestations
                    .Select(a => now.TryGetValue(a.About.Dose.Id, out var dose) && IsSame(dose, a.About)
                        && kept.Add(a.About.Dose.Id))
                    .ToList();
                await KeepAttestations.StoreAsync(
                    session, [.. attestations.Zip(answers).Where(p => p.Second).Select(p => p.First)], act);
                return answers;
            },
            cancel);

    async Task<IReadOnlyList<DoseToAttest>> ByIdsAsync(
        IReadOnlyCollection<long> ids, Func<string, object, Task<List<SubjectDose>>> query) =>
        ids.Count == 0
            ? []
            : await WithEarlierAsync(
                await query(
                    $"where {MayBeSigned("r")} and r.id {database.OneOf("ids")}", new { ids = ids.ToArray() }),
                query);

    async Task<IReadOnlyList<DoseToAttest>> WithEarlierAsync(
        List<SubjectDose> doses, Func<string, object, Task<List<SubjectDose>>> query)
    {
        if (doses.Count == 0)
        {
            return [];
        }
        var subjects = doses.Select(d => d.SubjectId).Distinct().ToArray();
        var all = (await query(
            $"where r.subject_id {database.OneOf("subjects")} and {CountsAsDose("r")}",
            new { subjects })).ToLookup(d => d.SubjectId);
        return [.. doses.Select(dose => new DoseToAttest(
            dose.Record,
            RelianceRule.Of(
                dose.Record.Record,
                [.. all[dose.SubjectId]
                    .Where(other => Precedes(other, dose) && other.Record.Id != dose.DuplicateOf)
                    .OrderBy(other => other.VaccinatedOn).ThenBy(other => other.Record.Id)
                    .Select(other => new EarlierDose(other.Record, other.Digest, other.IsSignedFor))]),
            [dose.EnteredBy]))];
    }

    /// <summary>A correction by somebody else does not turn whoever entered it first into another person.</summary>
    async Task<IReadOnlyList<DoseToAttest>> WithEnteredBeforeAsync(
        DbConnection connection, IReadOnlyList<DoseToAttest> doses)
    {
        var ids = doses.Where(dose => dose.Dose.Version > 1).Select(dose => dose.Dose.Id).ToArray();
        if (ids.Length == 0)
        {
            return doses;
        }
        var before = (await connection.QueryAsync<(long Id, string By)>(
            $"select record_id, entered_by from record_version where record_id {database.OneOf("ids")}", new { ids }))
            .ToLookup(version => version.Id, version => version.By);
        return [.. doses.Select(dose => dose with { EnteredBy = [.. dose.EnteredBy, .. before[dose.Dose.Id]] })];
    }

    static bool Precedes(SubjectDose one, SubjectDose other) =>
        (one.VaccinatedOn, one.Record.Id).CompareTo((other.VaccinatedOn, other.Record.Id)) < 0;

    static bool IsSame(DoseToAttest now, DoseToAttest then) => now.Dose.Version == then.Dose.Version
        && now.Earlier.Select(e => (e.RecordId, e.Version)).SequenceEqual(
            then.Earlier.Select(e => (e.RecordId, e.Version)));

    sealed record KeyColumns(string Code, byte[] AttestationKey);

    static async Task<List<SubjectDose>> QueryAsync(DbConnection connection, string rest, object values) =>
        [.. await connection.QueryAsync<DoseStanding, RecordColumns, SubjectDose>(
            $"{Select} {rest}", SubjectDose.Of, values, splitOn: "id")];

    static Task<List<SubjectDose>> QueryAsync(WriteSession session, string rest, object values) =>
        session.QueryAsync<DoseStanding, RecordColumns, SubjectDose>($"{Select} {rest}", SubjectDose.Of, values, "id");

    sealed record DoseStanding(
        long SubjectId, byte[] Digest, string EnteredBy, long? DuplicateOf, long Attested, long ReliedOn);

    sealed record SubjectDose(
        long SubjectId, byte[] Digest, string EnteredBy, long? DuplicateOf, bool IsSignedFor, StoredRecord Record)
    {
        public DateOnly VaccinatedOn => Record.Record.VaccinatedOn;

        public static SubjectDose Of(DoseStanding standing, RecordColumns record) =>
            new(
                standing.SubjectId, standing.Digest, standing.EnteredBy, standing.DuplicateOf,
                standing.Attested == 1 || standing.ReliedOn == 1, record.ToRecord());
    }
}

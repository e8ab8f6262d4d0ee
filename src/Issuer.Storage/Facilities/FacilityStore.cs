using Dapper;
using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Records;
using Issuer.Storage.Records;

namespace Issuer.Storage.Facilities;

sealed class FacilityStore(Database database) : IFacilityStore
{
    const string Waiting = "subject_id is not null and attested = 0 and duplicate_of is null and withdrawn = 0";

    public Task SaveAsync(IReadOnlyList<Facility> facilities, Act act, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteManyAsync(
            """
            insert into facility (code, name, kind, province, commune) values (@p0, @p1, @p2, @p3, @p4)
            on conflict (code) do update set name = excluded.name, kind = excluded.kind,
                province = excluded.province, commune = excluded.commune
            """,
            [.. facilities.Select(f => new object?[] { f.Code, f.Name, f.Kind, f.Province, f.Commune })]),
        cancel);

    public Task<IReadOnlyList<Facility>> ListAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<Facility>>(
            async connection => (await connection.QueryAsync<Facility>(
                "select code, name, kind, province, commune from facility order by code")).AsList(),
            cancel);

    public Task SaveKeysAsync(IReadOnlyDictionary<string, byte[]> keys, Act act, CancellationToken cancel) =>
        database.WriteAsync(
            async session =>
            {
                await session.ExecuteManyAsync(
                    "update facility set attestation_key = @p1 where code = @p0",
                    [.. keys.Select(pair => new object?[] { pair.Key, pair.Value })]);
                await AuditRows.AddAsync(session, act, keys.Keys.Select(code => $"facility-key-registered {code}"));
            },
            cancel);

    public Task<IReadOnlyDictionary<string, byte[]>> KeysAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyDictionary<string, byte[]>>(
            async connection => (await connection.QueryAsync<KeyColumns>(
                "select code, attestation_key from facility where attestation_key is not null"))
                .ToDictionary(row => row.Code, row => row.AttestationKey),
            cancel);

    public Task<IReadOnlyList<DoseToAttest>> ToAttestAsync(
        string? facility, long after, int limit, CancellationToken cancel) => database.ReadAsync(
            async connection =>
            {
                var doses = await connection.QueryAsync<SubjectDose>(
                    $"""
                    select subject_id, digest, entered_by, {RecordColumns.All} from record
                    where {Waiting} and id > @after {(facility is null ? "" : "and facility = @facility")}
                    order by id limit @limit
                    """,
                    new { facility, after, limit });
                return await WithEarlierAsync(
                    doses.AsList(), (sql, values) => connection.QueryAsync<SubjectDose>(sql, values));
            },
            cancel);

    public Task<IReadOnlyList<DoseToAttest>> ToAttestAsync(
        IReadOnlyCollection<long> recordIds, CancellationToken cancel) => database.ReadAsync(
            connection => ByIdsAsync(recordIds, (sql, values) => connection.QueryAsync<SubjectDose>(sql, values)),
            cancel);

    public Task<IReadOnlyList<bool>> AttestAsync(
        IReadOnlyList<NewAttestation> attestations, Act act, CancellationToken cancel) =>
        database.WriteAsync<IReadOnlyList<bool>>(
            async session =>
            {
                var ids = attestations.Select(a => a.About.Dose.Id).ToArray();
                var now = (
                    await ByIdsAsync(ids, async (sql, values) => await session.QueryAsync<SubjectDose>(sql, values)))
                    .ToDictionary(d => d.Dose.Id);
                var kept = new HashSet<long>();
                var answers = attestations
                    .Select(a => now.TryGetValue(a.About.Dose.Id, out var dose) && IsSame(dose, a.About)
                        && kept.Add(a.About.Dose.Id))
                    .ToList();
                await StoreAsync(
                    session, [.. attestations.Zip(answers).Where(p => p.Second).Select(p => p.First)], act);
                return answers;
            },
            cancel);

    static async Task StoreAsync(WriteSession session, IReadOnlyList<NewAttestation> attestations, Act act)
    {
        var at = act.At.ToUnixTimeSeconds();
        await session.ExecuteManyAsync(
            """
            insert into attestation (record_id, record_version, jws, signed_by, signed_at)
            values (@p0, @p1, @p2, @p3, @p4)
            """,
            [.. attestations.Select(a => new object?[]
            {
                a.About.Dose.Id, a.About.Dose.Version, a.Jws, act.Actor, at,
            })]);
        await session.ExecuteManyAsync(
            "update record set attested = 1 where id = @p0",
            [.. attestations.Select(a => new object?[] { a.About.Dose.Id })]);
        await session.ExecuteManyAsync(
            "update subject set revision = revision + 1 where id = (select subject_id from record where id = @p0)",
            [.. attestations.Select(a => new object?[] { a.About.Dose.Id })]);
        await AuditRows.AddAsync(session, act, "record-attested", attestations.Select(a => a.About.Dose.Id));
    }

    async Task<IReadOnlyList<DoseToAttest>> ByIdsAsync(
        IReadOnlyCollection<long> ids, Func<string, object, Task<IEnumerable<SubjectDose>>> query)
    {
        if (ids.Count == 0)
        {
            return [];
        }
        var doses = await query(
            $"""
            select subject_id, digest, entered_by, {RecordColumns.All} from record
            where {Waiting} and id {database.OneOf("ids")}
            """,
            new { ids = ids.ToArray() });
        return await WithEarlierAsync(doses.AsList(), query);
    }

    async Task<IReadOnlyList<DoseToAttest>> WithEarlierAsync(
        List<SubjectDose> doses, Func<string, object, Task<IEnumerable<SubjectDose>>> query)
    {
        if (doses.Count == 0)
        {
            return [];
        }
        var subjects = doses.Select(d => d.SubjectId).Distinct().ToArray();
        var all = (await query(
            $"""
            select subject_id, digest, entered_by, {RecordColumns.All} from record
            where subject_id {database.OneOf("subjects")} and duplicate_of is null and withdrawn = 0
            """,
            new { subjects })).ToLookup(d => d.SubjectId);
        return [.. doses.Select(dose => new DoseToAttest(
            dose.ToRecord(),
            [.. all[dose.SubjectId]
                .Where(other => Precedes(other, dose))
                .OrderBy(other => other.VaccinatedOn, StringComparer.Ordinal).ThenBy(other => other.Id)
                .Select(other => new ReliedDose(other.Id, other.Version, other.Digest))],
            dose.EnteredBy))];
    }

    static bool Precedes(SubjectDose one, SubjectDose other)
    {
        var order = string.CompareOrdinal(one.VaccinatedOn, other.VaccinatedOn);
        return order < 0 || (order == 0 && one.Id < other.Id);
    }

    static bool IsSame(DoseToAttest now, DoseToAttest then) => now.Dose.Version == then.Dose.Version
        && now.Earlier.Select(e => (e.RecordId, e.Version)).SequenceEqual(
            then.Earlier.Select(e => (e.RecordId, e.Version)));

    sealed record KeyColumns(string Code, byte[] AttestationKey);

    sealed record SubjectDose(
        long SubjectId, byte[] Digest, string EnteredBy, long Id, long Version, string Facility, string Reference,
        string FamilyName, string GivenName, long Sex, string DateOfBirth, long? IdentityType, string IdentityNumber,
        string Nationality,
        string Product, string Lot, long? DoseNumber, long? DoseKind, string VaccinatedOn)
    {
        public StoredRecord ToRecord() => new RecordColumns(
            Id, Version, Facility, Reference, FamilyName, GivenName, Sex, DateOfBirth, IdentityType, IdentityNumber,
            Nationality, Product, Lot, DoseNumber, DoseKind, VaccinatedOn).ToRecord();
    }
}

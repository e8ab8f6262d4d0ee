using System.Data.Common;
using Dapper;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Storage.Records;
using Issuer.Storage.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Certificates;

/// <summary>Reads everything a decision about the persons needs, in two queries a batch.</summary>
static class DueSubjects
{
    /// <summary>A person, and when and why their lineage's successor is due.</summary>
    public sealed record Due(DueSubject Subject, long? RegenerateCause, long? ExpiresAt);

    /// <param name="which">The rest of a <c>where</c> on subject s, lineage l and its current certificate c.</param>
    public static async Task<IReadOnlyList<Due>> ReadAsync(
        Database database, DbConnection connection, string which, object parameters)
    {
        var subjects = (await connection.QueryAsync<SubjectColumns>(
            $"""
            select s.id, s.revision, s.family_name, s.given_name, s.sex, s.date_of_birth, l.id as lineage_id,
                l.current_slot, l.merged, l.is_open, c.content_digest, c.dose_number, v.reason, v.decided_at,
                v.effective_at, v.suspended_until, l.regenerate_cause, c.expires_at
            from subject s
            left join lineage l on l.subject_id = s.id and ({IsOpen("l")} or (l.current_slot is not null
                and not exists (select 1 from lineage o where o.subject_id = l.subject_id
                    and ({IsOpen("o")} or (o.current_slot is not null and o.id > l.id)))))
            left join certificate c on c.slot = l.current_slot
            left join revocation v on v.slot = l.current_slot and {Stands("v")}
            where {which}
            """,
            parameters)).AsList();
        if (subjects.Count == 0)
        {
            return [];
        }
        var doses = await DosesAsync(database, connection, [.. subjects.Select(s => s.Id)]);
        return [.. subjects.Select(s => new Due(s.ToSubject([.. doses[s.Id]]), s.RegenerateCause, s.ExpiresAt))];
    }

    /// <summary>Every dose that counts, by person.</summary>
    public static async Task<ILookup<long, Dose>> DosesAsync(
        Database database, DbConnection connection, IReadOnlyCollection<long> subjects) =>
        (await connection.QueryAsync<DoseColumns>(
            $"""
            select {ColumnList.Of<DoseColumns>().Without("ConfirmedVersion").In("r")},
                d.version as confirmed_version
            from record r left join confirmed_dose d on d.record_id = r.id and d.version = r.version
            where r.subject_id {database.OneOf("ids")} and {CountsAsDose("r")}
            """,
            new { ids = subjects.ToArray() })).ToLookup(d => d.SubjectId, d => d.ToDose());

    sealed record SubjectColumns(
        long Id, long Revision, string FamilyName, string GivenName, long Sex, string DateOfBirth, long? LineageId,
        long? CurrentSlot, long? Merged, long? IsOpen, byte[]? ContentDigest, long? DoseNumber, long? Reason,
        long? DecidedAt, long? EffectiveAt, long? SuspendedUntil, long? RegenerateCause, long? ExpiresAt)
    {
        public DueSubject ToSubject(IReadOnlyList<Dose> doses) => new(
            Id, Revision, new SubjectIdentity(FamilyName, GivenName, (Sex)Sex, PartialDate.Parse(DateOfBirth), []),
            doses, LineageId is { } lineage ? HeadOf(lineage) : null);

        LineageHead HeadOf(long lineage) => new(
            lineage, CurrentSlot is { } slot ? new Slot(slot) : null, ContentDigest, (int?)DoseNumber, Merged == 1,
            IsOpen == 1, Reason is { } why ? RevocationColumns.Of(why, EffectiveAt!.Value, SuspendedUntil) : null,
            EndedByGrace: EffectiveAt > DecidedAt);
    }

    sealed record DoseColumns(
        long SubjectId, long Id, string Facility, string Product, long? DoseNumber, long? DoseKind,
        string VaccinatedOn, long Attested, long ReliedOn, long Held, string DateOfBirth, long? ConfirmedVersion)
    {
        public Dose ToDose() => new(Id, Facility, Product, (int?)DoseNumber, (DoseKind?)DoseKind,
            RecordColumns.DayOf(VaccinatedOn), Attested == 1, (HoldReason)Held != HoldReason.None)
        {
            IsReliedOn = ReliedOn == 1,
            Born = PartialDate.Parse(DateOfBirth),
            IsConfirmed = ConfirmedVersion is not null,
        };
    }
}

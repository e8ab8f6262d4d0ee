using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Storage.Holds;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Facilities;

/// <summary>Signatures that are kept, and everything that follows from them in the same transaction.</summary>
static class KeepAttestations
{
    public static async Task StoreAsync(WriteSession session, IReadOnlyList<NewAttestation> attestations, Act act)
    {
        var at = act.At.ToUnixTimeSeconds();
        var records = attestations.Select(a => new { a.About.Dose.Id }).ToList();
        await session.InsertAsync(
            "attestation",
            attestations.Select(a => new
            {
                recordId = a.About.Dose.Id, recordVersion = a.About.Dose.Version, a.Jws, signedBy = act.Actor,
                signedAt = at,
            }));
        await session.ExecuteManyAsync($"update record set attested = {Yes} where id = @Id", records);
        await session.ExecuteManyAsync(
            $"update record set relied_on = {Yes} where id = @RecordId",
            attestations.SelectMany(a => a.About.Earlier).Select(e => new { e.RecordId }));
        await session.ExecuteManyAsync(
            "update subject set revision = revision + 1 where id = (select subject_id from record where id = @Id)",
            records);
        // The entry that is signed for stands in place of one that is not.
        await SubjectRows.RefreshAsync(session, await session.QueryAsync<long>(
            $"select distinct subject_id from record where id {session.OneOf("ids")} and not ({RepeatsNone("record")})",
            new { ids = records.ConvertAll(record => record.Id).ToArray() }));
        await AuditRows.AddAsync(session, act, "record-attested", attestations.Select(a => a.About.Dose.Id));
        // Nothing is certified that is not signed for: here nothing slips between the look and the signature.
        await WatchSignatures.LookAsync(new WatchRows(session), records.ConvertAll(record => record.Id), act);
        await ExemptCaps.ReleaseAsync(session, [.. attestations.Select(a => a.About.Dose.Record.Facility)], act);
        await SharedStock.DrawAsync(session, [.. attestations.SelectMany(a => a.About.Records)], act);
    }
}

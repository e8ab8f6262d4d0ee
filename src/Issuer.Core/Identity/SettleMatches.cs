using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>
/// Step 3, its second half: what the registry answered becomes rows, a batch in one transaction, durable when it
/// returns. A result for a version that has been corrected meanwhile is dropped: nothing of it may reach a person.
/// </summary>
/// <param name="claims">As they were made when the records were entered.</param>
public sealed class SettleMatches(IIdentityStore store, ClaimDigests claims)
{
    /// <returns>The states as stored, without the dropped ones.</returns>
    public async Task<IReadOnlyList<RecordState>> SettleAsync(
        IReadOnlyList<MatchedRecord> results, Act act, CancellationToken cancel)
    {
        if (results.Count == 0)
        {
            return [];
        }
        var firstSubject = await store.NewSubjectIdsAsync(results.Count, cancel);
        return await store.DecideAsync<IReadOnlyList<RecordState>>(
            async rows =>
            {
                var versions = await rows.WaitingAsync([.. results.Select(r => r.Record.Id)]);
                var waiting = results.Where(r => versions.GetValueOrDefault(r.Record.Id) == r.Record.Version).ToList();
                var known = await rows.KnownAsync(
                    [.. waiting.SelectMany(r => r.Subject?.Documents ?? []).Distinct()]);
                var persons = new ResolvePersons(known, firstSubject);
                var resolved = waiting.ConvertAll(persons.Resolve);
                var settled = resolved.ConvertAll(r => r.Result);
                await rows.StoreAsync(persons);
                await rows.StoreAsync(resolved, act.At);
                await SuggestAsync(rows, settled, act);
                await CapAsync(rows, settled, act);
                await rows.RefreshAsync([.. resolved.Select(r => r.SubjectId).OfType<long>().Distinct()]);
                await rows.AuditAsync(act, "record-matched", [.. settled.Select(r => r.Record.Id)]);
                return settled.ConvertAll(r => r.State);
            },
            cancel);
    }

    /// <summary>
    /// Within the limit that keeps suggestions from being an oracle. The records' own rows are stored already and are
    /// counted.
    /// </summary>
    async Task SuggestAsync(IIdentityTransaction rows, IReadOnlyList<MatchedRecord> settled, Act act)
    {
        var suggested = settled.Where(r => r.Suggestion is not null).ToList();
        var probing = new List<long>();
        foreach (var result in suggested.Where(r => r.State == RecordState.BadIdFormat))
        {
            if (await rows.AnswerFromAsync(claims.Of(result.Record.Record)) is { } from && from > act.At)
            {
                probing.Add(result.Record.Id);
            }
        }
        foreach (var result in suggested.Where(SuggestCorrection.TellsANumber))
        {
            if (SuggestCorrection.IsProbing(await rows.CountDeniedNumbersAsync(result.Record.Record)))
            {
                probing.Add(result.Record.Id);
            }
        }
        suggested.RemoveAll(r => probing.Contains(r.Record.Id));
        await rows.DropSuggestionsAsync(probing);
        await rows.KeepSuggestionsAsync([.. suggested.Where(r => r.Suggestion!.Corrected is not null)]);
        await rows.AuditAsync(act, "correction-suggested", [.. suggested.Select(r => r.Record.Id)]);
    }

    /// <summary>
    /// Holds the newly exempt records that are too many, and lets go of those that are no longer exempt, whose number
    /// the registry now vouches for.
    /// </summary>
    static async Task CapAsync(IIdentityTransaction rows, IReadOnlyList<MatchedRecord> settled, Act act)
    {
        await rows.LetGoExemptAsync([.. settled.Where(r => r.State != RecordState.Exempt).Select(r => r.Record.Id)]);
        var exempt = await rows.EnterExemptAsync(
            [.. settled.Where(r => r.State == RecordState.Exempt).Select(r => r.Record.Id)]);
        foreach (var claimed in exempt.GroupBy(row => row.Facility))
        {
            var claims = await rows.ExemptClaimsAsync(claimed.Key, claimed, act.At);
            await rows.HoldExemptAsync(claims.TooManyOf([.. claimed]));
        }
    }
}

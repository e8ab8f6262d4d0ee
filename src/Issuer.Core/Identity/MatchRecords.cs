using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>What matching made of one version of a record. The subject is null unless matched or exempt.</summary>
public sealed record MatchedRecord(
    StoredRecord Record, RecordState State, IdentityFields Differs, SubjectIdentity? Subject,
    bool NameDiffersInMarksOnly = false, Suggestion? Suggestion = null);

/// <summary>How many records ended in each state in one round.</summary>
public sealed record MatchCounts(IReadOnlyDictionary<RecordState, long> ByState)
{
    public long Total => ByState.Values.Sum();
}

/// <summary>Step 3: asks the registry about every pending record and stores what it answered.</summary>
public sealed class MatchRecords(IIdentityStore store, IPopulationRegistry registry)
{
    const int BatchSize = 1000;

    readonly SettleMatches settling = new(store);

    /// <summary>
    /// One round over all that is pending; what the registry does not answer stays pending. When it turns out to be
    /// away the round ends early, and the next one begins anew.
    /// </summary>
    public async Task<MatchCounts> RunAsync(Act act, IProgress<long>? progress, CancellationToken cancel)
    {
        var counts = Enum.GetValues<RecordState>().ToDictionary(state => state, _ => 0L);
        long last = 0;
        while (await store.ClaimPendingAsync(last, BatchSize, cancel) is { Count: > 0 } batch)
        {
            last = batch[^1].Id;
            var results = await MatchAsync(batch, cancel);
            var applied = await settling.SettleAsync(
                [.. results.Where(r => r.State != RecordState.Pending)], act, cancel);
            foreach (var state in applied)
            {
                counts[state]++;
            }
            counts[RecordState.Pending] += results.Count(r => r.State == RecordState.Pending);
            progress?.Report(batch.Count);
            if (registry.IsAway)
            {
                break;
            }
        }
        return new MatchCounts(counts);
    }

    async Task<IReadOnlyList<MatchedRecord>> MatchAsync(IReadOnlyList<StoredRecord> batch, CancellationToken cancel)
    {
        var asked = batch.Where(r => !IsSettled(r.Record)).ToList();
        var answers = await registry.LookUpAsync([.. asked.Select(r => QueryOf(r.Record))], cancel);
        var answerOf = asked.Zip(answers).ToDictionary(pair => pair.First.Id, pair => pair.Second);
        var results = batch.Select(r => Decide(r, answerOf.GetValueOrDefault(r.Id))).ToList();
        var suggestions = await SuggestCorrection.ForAsync(registry, results, cancel);
        return [.. results.Select(r => r with { Suggestion = suggestions.GetValueOrDefault(r.Record.Id) })];
    }

    public static RegistryQuery QueryOf(VaccinationRecord record) =>
        new(record.IdentityType, record.IdentityNumber, record.FullName, record.Sex, record.DateOfBirth);

    /// <summary>The pure part: what a record is, given the registry's answer (null: none came).</summary>
    public static MatchedRecord Decide(StoredRecord stored, RegistryAnswer? answer)
    {
        var record = stored.Record;
        if (IdentityNumbers.UnusableState(record) is { } unusable)
        {
            return new MatchedRecord(stored, unusable, IdentityFields.None, null);
        }
        if (IsExempt(record))
        {
            return new MatchedRecord(
                stored, RecordState.Exempt, IdentityFields.None, SubjectIdentity.OfForeigner(record));
        }
        return answer switch
        {
            null => new MatchedRecord(stored, RecordState.Pending, IdentityFields.None, null),
            { Person: { } person } => new MatchedRecord(
                stored, RecordState.Matched, IdentityFields.None, SubjectIdentity.Of(person)),
            { Wrong: IdentityFields.All } =>
                new MatchedRecord(stored, RecordState.NotFound, IdentityFields.None, null),
            _ => new MatchedRecord(stored, RecordState.Mismatched, answer.Wrong, null, answer.NameDiffersInMarksOnly),
        };
    }

    /// <summary>Only a foreign national with a foreign passport is not asked for.</summary>
    static bool IsExempt(VaccinationRecord record) =>
        record.IdentityType == IdentityType.Passport && record.Nationality != "VNM";

    static bool IsSettled(VaccinationRecord record) =>
        IdentityNumbers.UnusableState(record) is not null || IsExempt(record);
}

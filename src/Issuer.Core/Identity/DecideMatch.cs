using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>What matching made of one version of a record. The subject is null unless matched or exempt.</summary>
public sealed record MatchedRecord(
    StoredRecord Record, RecordState State, IdentityFields Differs, SubjectIdentity? Subject,
    bool NameDiffersInMarksOnly = false, Suggestion? Suggestion = null);

/// <summary>Step 3, its decision: what a record is, and what the registry is asked for it. Pure.</summary>
public static class DecideMatch
{
    public static RegistryQuery QueryOf(VaccinationRecord record) =>
        new(record.IdentityType, record.IdentityNumber, record.FullName, record.Sex, record.DateOfBirth);

    /// <param name="answer">The registry's; null: none came.</param>
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

    /// <summary>Its state needs no answer.</summary>
    public static bool IsSettled(VaccinationRecord record) =>
        IdentityNumbers.UnusableState(record) is not null || IsExempt(record);
}

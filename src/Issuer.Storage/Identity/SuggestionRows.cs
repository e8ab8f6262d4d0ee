using Issuer.Core.Identity;
using Issuer.Core.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>The suggestions of records that were just matched.</summary>
static class SuggestionRows
{
    static readonly string Put =
        $"on conflict (record_id) do update set {ColumnList.Of<Row>().Without("RecordId").Excluded}";

    public static Task KeepAsync(WriteSession session, IReadOnlyCollection<MatchedRecord> results) =>
        session.InsertAsync("suggestion", results.Select(r => Row.Of(r.Record, r.Suggestion!.Corrected!)), Put);

    public static async Task<int> CountDeniedNumbersAsync(WriteSession session, VaccinationRecord record) =>
        (await session.QueryAsync<string>(
            $"""
            select distinct identity_number from record
            where {IsDenied("record")} and facility = @facility and date_of_birth = @born
                and given_name = @given and family_name = @family
            """,
            new
            {
                facility = record.Facility, born = record.DateOfBirth.ToString(), given = record.GivenName,
                family = record.FamilyName,
            })).Count;

    /// <summary>The fields that a suggestion may change.</summary>
    sealed record Row(
        long RecordId, long RecordVersion, string FamilyName, string GivenName, string DateOfBirth,
        long? IdentityType, string IdentityNumber)
    {
        public static Row Of(StoredRecord stored, VaccinationRecord corrected) => new(
            stored.Id, stored.Version, corrected.FamilyName, corrected.GivenName, corrected.DateOfBirth.ToString(),
            (long?)corrected.IdentityType, corrected.IdentityNumber);
    }
}

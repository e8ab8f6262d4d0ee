using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>
/// The suggestions of records that were just matched, within the limit that keeps them from being an oracle.
/// </summary>
static class SuggestionRows
{
    static readonly string Put =
        $"on conflict (record_id) do update set {ColumnList.Of<Row>().Without("RecordId").Excluded}";

    /// <summary>After the records' own rows, which are counted.</summary>
    public static async Task StoreAsync(WriteSession session, Act act, IReadOnlyList<MatchedRecord> results)
    {
        var suggested = results.Where(r => r.Suggestion is not null).ToList();
        foreach (var probing in await ProbingAsync(session, suggested))
        {
            suggested.Remove(probing);
            await session.ExecuteAsync(
                "update record set suggestion = null where id = @id", new { id = probing.Record.Id });
        }
        await session.InsertAsync(
            "suggestion",
            suggested.Where(r => r.Suggestion!.Corrected is not null)
                .Select(r => Row.Of(r.Record, r.Suggestion!.Corrected!)),
            Put);
        await AuditRows.AddAsync(session, act, "correction-suggested", suggested.Select(r => r.Record.Id));
    }

    /// <summary>Those whose facility has sent too many numbers for the same claimed person.</summary>
    static async Task<List<MatchedRecord>> ProbingAsync(WriteSession session, List<MatchedRecord> suggested)
    {
        var probing = new List<MatchedRecord>();
        foreach (var result in suggested.Where(r =>
            r.Suggestion is { Kind: SuggestionKinds.DigitOff, Corrected: { } c }
            && c.IdentityNumber != r.Record.Record.IdentityNumber))
        {
            var record = result.Record.Record;
            var numbers = await session.QueryAsync<string>(
                $"""
                select distinct identity_number from record
                where {IsDenied("record")} and facility = @facility and date_of_birth = @born
                    and given_name = @given and family_name = @family
                """,
                new
                {
                    facility = record.Facility, born = record.DateOfBirth.ToString(), given = record.GivenName,
                    family = record.FamilyName,
                });
            if (numbers.Count > SuggestCorrection.MostNumbersOfAPerson)
            {
                probing.Add(result);
            }
        }
        return probing;
    }

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

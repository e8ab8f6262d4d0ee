using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Storage.Identity;

/// <summary>
/// The suggestions of records that were just matched, within the limit that keeps them from being an oracle.
/// </summary>
static class SuggestionRows
{
    const string Put =
        """
        insert into suggestion (record_id, record_version, family_name, given_name, date_of_birth, identity_type,
            identity_number)
        values (@p0, @p1, @p2, @p3, @p4, @p5, @p6)
        on conflict (record_id) do update set record_version = excluded.record_version,
            family_name = excluded.family_name, given_name = excluded.given_name,
            date_of_birth = excluded.date_of_birth, identity_type = excluded.identity_type,
            identity_number = excluded.identity_number
        """;

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
        await session.ExecuteManyAsync(Put, [.. suggested
            .Where(r => r.Suggestion!.Corrected is not null)
            .Select(r => RowOf(r.Record, r.Suggestion!.Corrected!))]);
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
                """
                select distinct identity_number from record
                where state between 2 and 3 and facility = @facility and date_of_birth = @born
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

    static object?[] RowOf(StoredRecord stored, VaccinationRecord corrected) =>
    [
        stored.Id, stored.Version, corrected.FamilyName, corrected.GivenName, corrected.DateOfBirth.ToString(),
        (long?)corrected.IdentityType, corrected.IdentityNumber,
    ];
}

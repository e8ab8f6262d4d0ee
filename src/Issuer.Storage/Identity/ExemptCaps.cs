using Issuer.Core.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>What a facility's exempt records are counted by.</summary>
static class ExemptCaps
{
    /// <summary>What two people raised the cap to; null: it is the policy's.</summary>
    public static async Task<long?> RaisedAsync(WriteSession session, string facility)
    {
        var raised = await session.QueryAsync<long>(
            "select cap from exempt_cap where facility = @facility", new { facility });
        return raised.Count == 1 ? raised[0] : null;
    }

    public static Task<long> CountAsync(WriteSession session, string facility) =>
        CountAsync(session, "facility = @facility", facility);

    public static Task<long> CountExemptAsync(WriteSession session, string facility) =>
        CountAsync(session, $"facility = @facility and {IsIn("record", RecordState.Exempt)}", facility);

    static async Task<long> CountAsync(WriteSession session, string where, string facility) =>
        (await session.QueryAsync<long>($"select count(*) from record where {where}", new { facility })).Single();
}

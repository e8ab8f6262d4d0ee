using Dapper;
using Issuer.Hcert;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>What stands against a certificate now, before any list says so.</summary>
public sealed class StandingRevocations(Database database)
{
    /// <summary>
    /// Whether it is revoked or suspended, or its DSC was withdrawn. One look-up by its key; false for a slot that
    /// nobody has.
    /// </summary>
    public Task<bool> IncludeAsync(Slot slot, DateTimeOffset now, CancellationToken cancel) =>
        database.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"""
                select count(*) from certificate c
                where c.slot = @slot and (
                    exists (select 1 from revocation v where v.slot = c.slot and {IsInForce("v", "@now")})
                    or {HasWithdrawnKey("c")})
                """,
                new { slot = slot.Value, now = now.ToUnixTimeSeconds() }, cancellationToken: cancel)) > 0,
            cancel);
}

using System.Data.Common;
using Dapper;
using Issuer.Storage;
using Issuer.Storage.Schema;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    /// <summary>Names of the rules that the engine keeps, those that it has looked at all rows for.</summary>
    protected abstract string RulesInForce { get; }

    [RequiresFact]
    public async Task Every_rule_of_the_schema_is_in_force()
    {
        await using var database = await Database.OpenAsync(ConnectionString, Directory, default);
        var inForce = await database.ReadAsync(connection => connection.QueryAsync<string>(RulesInForce), default);
        var rules = SchemaScript.All.SelectMany(script => script.Steps).OfType<ChangeStep>()
            .SelectMany(step => ConstraintScript.Names(step.Sql)).ToList();

        Assert.NotEmpty(rules);
        Assert.Superset(rules.ToHashSet(), string.Join('\n', inForce).Split([' ', '\n', '"']).ToHashSet());
    }

    /// <summary>One for each kind of thing that a rule is about.</summary>
    [RequiresTheory]
    [InlineData("update record set attested = 2")]
    [InlineData("update record set duplicate_of = id")]
    [InlineData("update record set differs = 16")]
    [InlineData("insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (0, 1, '', '', 0)")]
    [InlineData("update attestation set record_id = 0")]
    [InlineData("update lineage set subject_id = 0")]
    [InlineData("update lineage set is_open = 2")]
    [InlineData("update certificate set lineage_id = 0")]
    [InlineData("update certificate set predecessor = 1")]
    [InlineData("update certificate set signature = null")]
    [InlineData("update certificate set abandoned = 1")]
    [InlineData("update certificate set expires_at = issued_at")]
    [InlineData("update subject set decided = revision + 1")]
    [InlineData("update subject set merged_by = 1")]
    [InlineData("update identity_document set subject_id = 0")]
    [InlineData("insert into revocation (slot, reason, decided_at, decided_by, effective_at) values (1, 1, 1, 'a', 1)")]
    [InlineData("insert into exempt_cap (facility, cap) values ('nowhere', 1)")]
    [InlineData(
        """
        insert into approval (id, act, command, materialised, digest, requested_by, requested_at, expires_at, state,
            decided_by, decided_at)
        values (1, 'a', '', '', '', 'one', 1, 2, 1, 'one', 1)
        """)]
    public async Task What_cannot_be_is_refused_by_the_engine(string statement)
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(statement));
        Assert.Empty(await store.Invariants.ViolationsAsync(Given.Now, default));
    }
}

using Issuer.Core.Revocation;

namespace Issuer.Tests.Storage;

/// <summary>What PostgreSQL's planner is told; the embedded engine plans without.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task After_the_first_step_of_a_bulk_act_the_planner_knows_how_many_revocations_there_are()
    {
        await CampaignAsync();
        await ExecuteAsync(new BulkCriteria(Facility: Given.OtherFacility), RevocationReason.Fraud);

        if (ConnectionString is not null)
        {
            Assert.Equal(
                await ScalarAsync("select count(*) from revocation"),
                await ScalarAsync("select reltuples::bigint from pg_class where oid = 'revocation'::regclass"));
        }
    }
}

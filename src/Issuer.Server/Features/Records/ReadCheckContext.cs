using Issuer.Core.Facilities;
using Issuer.Core.Records;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;

namespace Issuer.Server.Features.Records;

/// <summary>What records are checked against, as of now.</summary>
sealed class ReadCheckContext(IFacilityStore facilities, LotStore lots, PoliciesNow policies, NationalClock clock)
{
    public async Task<CheckContext> RunAsync(CancellationToken cancel)
    {
        var known = await facilities.ListAsync(cancel);
        return new CheckContext(
            policies.Certification.Licensed, policies.Certification.Plausibility, clock.Today,
            known.Select(f => f.Code).ToHashSet(), await lots.BookAsync(known, cancel));
    }
}

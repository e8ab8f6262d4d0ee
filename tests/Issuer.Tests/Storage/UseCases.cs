using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Policies;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

/// <summary>What Core decides over a store's transactions, as short as the tests that try it.</summary>
static class UseCases
{
    extension(Store store)
    {
        public RevokeCertificates Revoke => new(store.Revocations, Given.SingleActs);

        public RevokeInSteps Steps => new(store.BulkRevocations);

        public TwoPersonActs Acts => new(store.Approvals);

        public MarkDuplicates Marks => new(store.Duplicates);

        public ConfirmDose Confirm => new(store.ConfirmedDoses);

        public ImportPolicies Import => new(store.Policies);

        public SettleMatches Settle => new(store.Identity, Given.ClaimDigests);

        public EnterImports Enter => new(store.Imports);

        public Task<Rejection?> EnterAsync(DateTimeOffset now, CancellationToken cancel) =>
            ClockAgreement.EnterAsync(store.Settings, now, cancel);

        public Task<Rejection?> CompareClockAsync(TimeProvider clock, CancellationToken cancel) =>
            ClockAgreement.CompareAsync(store.Settings, clock, cancel);
    }
}

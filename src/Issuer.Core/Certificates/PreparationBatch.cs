using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>What came of a preparation: a certificate, no DSC to sign it with, or what the lint found.</summary>
public sealed record Preparation(
    PreparedCertificate? Certificate, Rejection? NoDsc, IReadOnlyList<string> LintFaults);

/// <summary>
/// Step 6 for many at one moment: each owner's DSC is chosen once, slots are leased when the first is needed. Not for
/// use by several threads.
/// </summary>
/// <param name="random">Fills the random part of UVCIs.</param>
/// <param name="size">At most so many are prepared; as many slots are leased at once.</param>
sealed class PreparationBatch(ICertificateStore store, PreparationContext context, Action<byte[]> random, int size)
{
    readonly DscChoices choices = new(context);
    SlotLease? lease;
    int used;

    /// <summary>Whether a missing DSC stops everybody's certificates, and not one facility's only.</summary>
    public bool IsForAll(Entitlement entitlement) => context.Signing.OwnerFor(entitlement.LastDose.Facility) is null;

    /// <inheritdoc cref="DscChoices.For"/>
    public Result<DscChoices.Choice> DscFor(Entitlement entitlement) => choices.For(entitlement);

    public async Task<Preparation> PrepareAsync(
        DueSubject subject, Entitlement entitlement, SuccessionCause? cause, CancellationToken cancel)
    {
        if (choices.For(entitlement).IsRefused(out var why, out var choice))
        {
            return new Preparation(null, why, []);
        }
        if (lease is null || used == lease.Count)
        {
            (lease, used) = (await store.LeaseSlotsAsync(size, cancel), 0);
        }
        var bytes = new byte[Uvci.RandomLength];
        random(bytes);
        var (certificate, faults) = PrepareCertificates.Prepare(
            subject, entitlement, cause, choice.Dsc, choice.ExpiresAt, lease[used++], bytes, context);
        return new Preparation(certificate, null, faults);
    }
}

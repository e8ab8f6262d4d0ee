using Issuer.Core.Revocation;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

/// <summary>Everything that can happen to a person's certificates, to the same people at the same time.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task Issuing_regenerating_leaking_and_correcting_at_once_end_with_one_current_certificate_each()
    {
        const int people = 10;
        await CertifyAsync(people);
        var issued = await CertificatesAsync();
        clinic.Now = issued[0].ExpiresAt.AddDays(-10);
        var act = Given.Act with { At = clinic.Now };
        Store[] instances = [store, await OpenAsync()];

        async Task DoAsync(int n)
        {
            var at = instances[n % 2];
            var person = 1 + (n / 4 % people);
            switch (n % 4)
            {
                case 0:
                    await clinic.RegenerateOneAsync(at, issued[n % people].LineageId);
                    break;
                case 1:
                    await at.Revoke.ReportLeakAsync(
                        $"VNM:{Given.Number(person)}", issued[n % people].Slot, act, default);
                    break;
                case 2:
                    await Clinic.SubmitAsync(at, Given.Row(person, 2) with { Lot = $"N{n}", Corrects = "1" });
                    break;
                default:
                    await (n % 8 == 3 ? clinic.RegenerateAsync(at) : IssueAsync(at));
                    break;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 20 * people).Select(n => Task.Run(() => DoAsync(n))));
        // What the corrections left to do is done, and the queue is worked off.
        await Clinic.MatchAsync(store);
        await clinic.AttestAsync(store);
        await clinic.IssueAsync(store);
        await clinic.RegenerateAsync(store);

        Assert.Empty(await store.Invariants.ViolationsAsync(clinic.Now, default));
        var certificates = await CertificatesAsync();
        var current = certificates.Where(c => c.StateAt(clinic.Now) == Core.Certificates.CertificateState.Current)
            .ToList();
        Assert.Equal(people, current.Count);
        Assert.Equal(people, current.Select(c => c.LineageId).Distinct().Count());
        Assert.All(current, c => Assert.True(c.ExpiresAt > clinic.Now.AddDays(300)));
        Assert.All(
            certificates.Where(c => c.Revocation is not null),
            c => Assert.Equal(RevocationReason.Leaked, c.Revocation!.Reason));
    }

    /// <summary>One issuing round at a time is the caller's business: here the store's lock sees to it.</summary>
    async Task IssueAsync(Store at)
    {
        await using var held = await at.TryLockAsync("jobs", default);
        if (held is not null)
        {
            await clinic.IssueAsync(at);
        }
    }
}

using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

/// <summary>Everything at once on the same people: one outcome each, the one the rules give.</summary>
public abstract partial class StoreSuite
{
    const int RacingPeople = 100;
    const int RequestsEach = 50;

    [RequiresFact]
    public async Task Issuing_regenerating_revoking_and_correcting_at_once_each_person_has_one_outcome()
    {
        await store.Registry.LoadAsync([.. Enumerable.Range(1, RacingPeople).Select(Given.Person)], default);
        var everybody = Enumerable.Range(1, RacingPeople).ToList();
        await clinic.CertifyAsync(store, [.. everybody.SelectMany(n => new[] { Given.Row(n, 1), Given.Row(n, 2) })]);
        var before = new Dictionary<int, IssuedCertificate>();
        foreach (var person in everybody)
        {
            before.Add(person, Assert.Single(await OfAsync(person)));
        }
        var stores = new[] { store, await OpenAsync(), await OpenAsync() };
        using var ended = new CancellationTokenSource();
        var issuing = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                await clinic.IssueAsync(store, workers: 1);
            }
        });

        await Parallel.ForEachAsync(
            Enumerable.Range(0, RacingPeople * RequestsEach),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (request, _) => await RaceAsync(stores[request % 3], request, before));
        await ended.CancelAsync();
        await issuing;
        await MatchAttestIssueAsync();
        await clinic.RegenerateAsync(store);
        await clinic.IssueAsync(store);

        foreach (var person in everybody)
        {
            CheckOutcome(person, before[person], await OfAsync(person));
        }
        Assert.Empty(await store.Certificates.OpenIntentsAsync(null, 10, default));
        Assert.Equal(0, await ScalarAsync(
            "select count(*) from (select subject_id from lineage where is_open = 1 "
            + "group by subject_id having count(*) > 1) t"));
        Assert.Equal(0, await ScalarAsync(
            "select count(*) from (select slot from revocation where undone_at is null "
            + "group by slot having count(*) > 1) t"));
    }

    /// <summary>A quarter leak, a quarter are revoked, a quarter corrected, and one gets all of it.</summary>
    async Task RaceAsync(Store on, int request, Dictionary<int, IssuedCertificate> before)
    {
        var person = 1 + (request % RacingPeople);
        var round = request / RacingPeople;
        var certificate = before[person];
        switch (person % 4, round % 3)
        {
            case (_, 0):
                await clinic.RegenerateOneAsync(on, certificate.LineageId);
                break;
            case (0, _) or (3, 1):
                await on.Revoke.ReportLeakAsync(
                    $"VNM:{Given.Number(person)}", certificate.Slot, Given.Act, default);
                break;
            case (1, _) or (3, 2) when person % 4 == 1 || round % 2 == 0:
                await on.Revoke.RevokeAsync(
                    new RevocationRequest(certificate.Slot, RevocationReason.Fraud), Given.Act, default);
                break;
            default:
                await Clinic.SubmitAsync(on, Given.Row(person, 2) with { VaccinatedOn = "2021-11-11", Corrects = "1" });
                break;
        }
    }

    static void CheckOutcome(int person, IssuedCertificate before, IReadOnlyList<IssuedCertificate> now)
    {
        var current = now.Where(c => c.StateAt(Given.Now) == CertificateState.Current).ToList();
        var old = now.Single(c => c.Slot == before.Slot);
        switch (person % 4)
        {
            case 0:
                Assert.Equal((2, CertificateState.Revoked), (now.Count, old.StateAt(Given.Now)));
                Assert.Equal(
                    (before.Slot, SuccessionCause.Leaked), (Assert.Single(current).Predecessor, current[0].Cause));
                break;
            case 1:
                Assert.All(now, c => Assert.Equal(CertificateState.Revoked, c.StateAt(Given.Now)));
                break;
            case 2:
                Assert.Equal(SuccessionCause.Corrected, Assert.Single(current).Cause);
                Assert.Equal((2, CertificateState.Revoked), (now.Count, old.StateAt(AfterGrace)));
                break;
            default:
                // Corrected before or after the fraud was declared: what rests on a later decision may stand, alone.
                Assert.All(
                    now.Where(c => c.LineageId == before.LineageId),
                    c => Assert.Equal(CertificateState.Revoked, c.StateAt(Given.Now)));
                Assert.True(current.Count <= 1);
                Assert.All(current, c => Assert.NotEqual(before.LineageId, c.LineageId));
                break;
        }
    }

    Task<IReadOnlyList<IssuedCertificate>> OfAsync(int person) =>
        store.Holders.OfDocumentAsync($"VNM:{Given.Number(person)}", default);
}

using System.Data.Common;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task A_bulk_act_and_its_reissue_end_the_same_whatever_happens_to_the_server()
    {
        const int people = 120;
        const int crashes = 10;
        await store.Registry.LoadAsync([.. Enumerable.Range(1, people).Select(Given.Person)], default);
        await clinic.CertifyAsync(store, [.. Enumerable.Range(1, people).SelectMany(n => new[]
        {
            Given.Row(n, 1), Given.Row(n, 2),
        })]);
        await clinic.CertifyAsync(store, [.. Enumerable.Range(1, people)
            .Select(n => Given.Row(n, 3, Given.OtherFacility) with { DoseKind = "booster" })]);
        await DoAsync(BulkOf(new BulkCriteria(Facility: Given.OtherFacility), RevocationReason.Fraud));

        BulkProgress? last = null;
        for (var (steps, done) = (0, 0); last?.FinishedAt is null; steps++)
        {
            var running = Task.Run(() => store.Steps.StepAsync(Given.Now, default, size: 5));
            if (steps % 2 == 0 && done < crashes)
            {
                await CrashAsync();
                done++;
            }
            last = await SurviveAsync(running) ?? last;
        }
        var issuing = Task.Run(() => clinic.IssueAsync(store));
        await CrashAsync();
        await SurviveAsync(issuing);
        var issued = await clinic.IssueAsync(store);

        Assert.Equal((people, 0, people), (last.Done, last.Changed, last.Certificates));
        Assert.Equal(people, await ScalarAsync("select count(*) from revocation"));
        Assert.Equal(people, await ScalarAsync("select count(*) from audit where act = 'record-withdrawn fraud'"));
        var states = (await CertificatesAsync()).CountBy(c => c.StateAt(Given.Now)).ToDictionary();
        Assert.Equal((people, people, people), (
            states[CertificateState.Current], states[CertificateState.Superseded], states[CertificateState.Revoked]));
        Assert.Null(issued.Stopped);
    }

    /// <summary>Null when the server went away under it.</summary>
    static async Task<T?> SurviveAsync<T>(Task<T> work)
        where T : class?
    {
        try
        {
            return await work;
        }
        catch (DbException)
        {
            return null;
        }
    }
}

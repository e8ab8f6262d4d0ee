using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task A_due_person_is_reserved_then_completed_and_due_no_more()
    {
        await SignedAsync(Given.Row(1, 1), Given.Row(1, 2));
        var prepared = await clinic.PrepareAsync(store);

        var stored = await store.Certificates.ReserveAsync(prepared, [], Given.Act, default);
        var reserved = Assert.Single(ReservedCertificate.Of(prepared, stored));
        Assert.Empty(await store.Certificates.ClaimDueAsync(0, 10, default));
        Assert.Empty(await CertificatesAsync());

        Assert.Equal(1, await store.Certificates.CompleteAsync([clinic.Complete(reserved)], Given.Act, default));
        var certificate = Assert.Single(await CertificatesAsync());
        Assert.True(certificate.IsLineageHead);
        Assert.Equal(prepared[0].ToBeSigned.ToArray(), certificate.ToBeSigned);
        Assert.True(Uvci.TryParse(certificate.Uvci, out var uvci) && uvci.Slot == reserved.Slot);
        Assert.Empty(await store.Certificates.OpenIntentsAsync(null, 10, default));
    }

    [RequiresFact]
    public async Task Claims_go_on_after_the_last_id_and_hold_every_dose_that_counts()
    {
        await SignedAsync(Given.Row(1, 1), Given.Row(2, 1), Given.Row(2, 2));

        var first = Assert.Single(await store.Certificates.ClaimDueAsync(0, 1, default));
        var second = Assert.Single(await store.Certificates.ClaimDueAsync(first.Id, 10, default));

        Assert.Single(first.Doses);
        Assert.Equal([1, 2], second.Doses.Select(d => d.Number).Order());
        Assert.All(second.Doses, dose => Assert.True(dose is { IsAttested: true, IsHeld: false }));
        Assert.Null(second.Lineage);
        Assert.Empty(await store.Certificates.ClaimDueAsync(second.Id, 10, default));
    }

    [RequiresFact]
    public async Task Reserving_leaves_out_whoever_changed_since_and_keeps_them_due()
    {
        await SignedAsync(Given.Row(1, 1), Given.Row(1, 2), Given.Row(2, 1), Given.Row(2, 2));
        var prepared = await clinic.PrepareAsync(store);
        await CorrectAsync(Given.Row(1, 2) with { Lot = "ABV2" }, 1);

        var reserved = await store.Certificates.ReserveAsync(prepared, [], Given.Act, default);

        Assert.Equal(prepared[1].Slot, Assert.Single(reserved).Slot);
        Assert.Equal(
            prepared[0].SubjectId, Assert.Single(await store.Certificates.ClaimDueAsync(0, 10, default)).Id);
        Assert.Equal(1, await ScalarAsync("select count(*) from lineage"));
    }

    [RequiresFact]
    public async Task Two_rounds_at_once_reserve_a_person_once()
    {
        await SignedAsync(Given.Row(1, 1), Given.Row(1, 2));
        var other = await OpenAsync();
        var one = await clinic.PrepareAsync(store);
        var two = await clinic.PrepareAsync(other);

        var reserved = await Task.WhenAll(
            Task.Run(() => store.Certificates.ReserveAsync(one, [], Given.Act, default)),
            Task.Run(() => other.Certificates.ReserveAsync(two, [], Given.Act, default)));

        Assert.Single(reserved.SelectMany(r => r));
        Assert.Equal(1, await ScalarAsync("select count(*) from certificate"));
    }

    [RequiresFact]
    public async Task Completing_twice_completes_once()
    {
        var signed = clinic.Complete(await ReservedAsync());

        Assert.Equal(1, await store.Certificates.CompleteAsync([signed], Given.Act, default));
        Assert.Equal(0, await store.Certificates.CompleteAsync([signed], Given.Act, default));

        Assert.Equal(1, await ScalarAsync("select count(*) from audit where act = 'certificate-completed'"));
        Assert.Equal(signed.Signature, Assert.Single(await CertificatesAsync()).Signature);
    }

    [RequiresFact]
    public async Task Nothing_completes_once_its_lineage_has_moved_on()
    {
        var signed = clinic.Complete(await ReservedAsync());
        var late = signed with { Predecessor = new Slot(7) };

        Assert.Equal(0, await store.Certificates.CompleteAsync([late], Given.Act, default));

        Assert.Empty(await CertificatesAsync());
        Assert.Single(await store.Certificates.OpenIntentsAsync(null, 10, default));
    }

    [RequiresFact]
    public async Task An_abandoned_intent_never_becomes_current()
    {
        var intent = await ReservedAsync();
        await store.Certificates.AbandonAsync(
            await store.Certificates.OpenIntentsAsync(null, 10, default), Given.Act, default);

        Assert.Equal(0, await store.Certificates.CompleteAsync([clinic.Complete(intent)], Given.Act, default));

        Assert.Empty(await CertificatesAsync());
        Assert.Null(Assert.Single(await store.Certificates.ClaimDueAsync(0, 10, default)).Lineage!.Current);
        Assert.Equal(0, await ScalarAsync("select count(*) from audit where act = 'certificate-completed'"));
    }

    [RequiresFact]
    public async Task Open_intents_come_back_with_the_same_bytes_after_a_restart()
    {
        var intent = await ReservedAsync();
        var restarted = await OpenAsync();

        var found = Assert.Single(await restarted.Certificates.OpenIntentsAsync(null, 10, default));

        Assert.True(found.Stands);
        Assert.Equal(intent.Redeem().ToArray(), found.ToBeSigned);
        Assert.Equal(
            (intent.Slot, intent.LineageId, intent.Dsc.Kid.ToString()), (found.Slot, found.LineageId, found.Kid));
        Assert.Equal(intent.ExpiresAt, found.ExpiresAt);
        Assert.Empty(await restarted.Certificates.OpenIntentsAsync(found.Slot, 10, default));
    }

    [RequiresFact]
    public async Task An_open_intent_no_longer_stands_when_its_record_was_corrected()
    {
        await ReservedAsync();
        await CorrectAsync(Given.Row(1, 2) with { Lot = "ABV2" }, 1);

        Assert.False(Assert.Single(await store.Certificates.OpenIntentsAsync(null, 10, default)).Stands);
    }

    [RequiresFact]
    public async Task A_new_dose_supersedes_and_names_its_predecessor()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        await clinic.CertifyAsync(store, Given.Row(1, 3) with { DoseKind = "booster" });

        var certificates = await CertificatesAsync();
        var (old, current) = (certificates.Single(c => !c.IsLineageHead), certificates.Single(c => c.IsLineageHead));
        Assert.Equal((old.Slot, SuccessionCause.NewDose), (current.Predecessor, current.Cause));
        Assert.Equal(old.LineageId, current.LineageId);
        Assert.Equal(CertificateState.Superseded, old.StateAt(Given.Now));
        Assert.NotEqual(old.Uvci, current.Uvci);
        Assert.Equal(
            [3, 2, 1],
            (await store.Holders.WithDosesAsync($"VNM:{Given.Number(1)}", default)).Doses
                .Select(d => d.Record.DoseNumber!.Value).OrderDescending());
    }

    [RequiresFact]
    public async Task Holders_who_ask_at_the_same_time_get_each_their_own()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        await clinic.CertifyAsync(store, Given.Row(2, 1), Given.Row(2, 2));
        string[] documents = [$"VNM:{Given.Number(1)}", $"VNM:{Given.Number(2)}", "VNM:000000000000"];
        var alone = new List<(long[] Slots, long[] Doses)>();
        foreach (var document in documents)
        {
            alone.Add(Of(await store.Holders.WithDosesAsync(document, default)));
        }
        Assert.Equal([1, 1, 0], alone.Select(of => of.Slots.Length));
        Assert.Equal([2, 2, 0], alone.Select(of => of.Doses.Length));

        await Parallel.ForAsync(0, 200, async (n, cancel) =>
        {
            var (slots, doses) = Of(await store.Holders.WithDosesAsync(documents[n % 3], cancel));
            Assert.Equal(alone[n % 3].Slots, slots);
            Assert.Equal(alone[n % 3].Doses, doses);
            Assert.Equal(
                slots, (await store.Holders.OfDocumentAsync(documents[n % 3], cancel)).Select(c => c.Slot.Value));
        });

        static (long[] Slots, long[] Doses) Of(
            (IReadOnlyList<IssuedCertificate> Certificates, IReadOnlyList<StoredRecord> Doses) found) =>
            ([.. found.Certificates.Select(c => c.Slot.Value)], [.. found.Doses.Select(d => d.Id)]);
    }

    [RequiresFact]
    public async Task Slots_never_repeat_over_leases_instances_and_restarts()
    {
        var instances = new[] { store, await OpenAsync() };
        var leases = (await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(
            () => instances[n % 2].Certificates.LeaseSlotsAsync(100 + n, default))))).ToList();
        leases.Add(await (await OpenAsync()).Certificates.LeaseSlotsAsync(500, default));

        var slots = leases.SelectMany(lease => Enumerable.Range(0, lease.Count).Select(i => lease[i])).ToList();

        Assert.Equal(slots.Count, slots.Distinct().Count());
        Assert.Equal(1, await ScalarAsync("select count(*) from shard"));
    }

    [RequiresFact]
    public async Task A_full_shard_is_followed_by_the_next_with_another_seed()
    {
        var first = await store.Certificates.LeaseSlotsAsync((int)ShardOrder.SlotsPerShard - 10, default);
        var second = await store.Certificates.LeaseSlotsAsync(20, default);

        Assert.Equal((0, 1), (first.Shard, second.Shard));
        Assert.NotEqual(first.Seed, second.Seed);
        Assert.InRange(second[19].Value, ShardOrder.SlotsPerShard, (2 * ShardOrder.SlotsPerShard) - 1);
    }

    [RequiresFact]
    public async Task A_refusal_is_kept_and_shown_until_it_no_longer_holds()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(2, 1));
        Assert.Equal(2, (await store.Counts.RefusalsAsync(default))["incomplete-course"]);
        Assert.Empty(await store.Certificates.ClaimDueAsync(0, 10, default));

        await clinic.CertifyAsync(store, Given.Row(1, 2));

        Assert.Equal(1, (await store.Counts.RefusalsAsync(default))["incomplete-course"]);
    }

    /// <summary>The first person with two signed doses, up to the intent.</summary>
    async Task<ReservedCertificate> ReservedAsync()
    {
        await SignedAsync(Given.Row(1, 1), Given.Row(1, 2));
        var prepared = await clinic.PrepareAsync(store);
        return Assert.Single(ReservedCertificate.Of(
            prepared, await store.Certificates.ReserveAsync(prepared, [], Given.Act, default)));
    }

    async Task SignedAsync(params RecordRow[] rows)
    {
        await Clinic.SubmitAsync(store, rows);
        await Clinic.MatchAsync(store);
        await clinic.AttestAsync(store);
    }

    async Task<List<IssuedCertificate>> CertificatesAsync(Store? of = null)
    {
        var certificates = new List<IssuedCertificate>();
        await foreach (var certificate in (of ?? store).Holders.AllAsync(default))
        {
            certificates.Add(certificate);
        }
        return certificates;
    }
}

using Issuer.Core.Certificates;
using Issuer.Hcert;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

/// <summary>Step 11: successors with the same content, one for each lineage whose moment has come.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task Nobody_is_due_before_the_window_and_everybody_after_its_first_part()
    {
        await CertifyAsync(people: 40);
        var expiry = (await CertificatesAsync())[0].ExpiresAt;

        Assert.Equal(0, (await RegenerateAtAsync(expiry.AddDays(-60).AddSeconds(-1))).Due);
        var middle = await RegenerateAtAsync(expiry.AddDays(-35));
        var end = await RegenerateAtAsync(expiry.AddDays(-10));

        Assert.InRange(middle.Regenerated, 5, 35);
        Assert.Equal(40, middle.Regenerated + end.Regenerated);
        Assert.Equal(0, (await RegenerateAtAsync(expiry)).Due);
    }

    [RequiresFact]
    public async Task A_successor_says_the_same_under_a_new_identifier_and_names_what_it_follows()
    {
        await CertifyAsync(people: 1);
        var old = Assert.Single(await CertificatesAsync());

        await RegenerateAtAsync(old.ExpiresAt.AddDays(-10));

        var certificates = await CertificatesAsync();
        var successor = Assert.Single(certificates, c => c.IsLineageHead);
        Assert.Equal(
            (old.LineageId, old.Slot, SuccessionCause.Regenerated),
            (successor.LineageId, successor.Predecessor, successor.Cause));
        Assert.NotEqual(old.Uvci, successor.Uvci);
        Assert.Equal(clinic.Now, successor.IssuedAt);
        Assert.Equal(CertificateState.Superseded, certificates.Single(c => !c.IsLineageHead).StateAt(clinic.Now));
        var (before, after) = (Decoded(old), Decoded(successor));
        Assert.Equal(before.Dcc with { Entry = after.Dcc.Entry }, after.Dcc);
        Assert.Equal(
            ((VaccinationEntry)before.Dcc.Entry) with { CertificateIdentifier = successor.Uvci }, after.Dcc.Entry);
        Assert.Equal(
            Verdict.Valid,
            HcertVerifier.Verify(successor.ToHc1(), _ => [clinic.Dsc.Verifier], clinic.Now).Verdict);
    }

    [RequiresFact]
    public async Task A_missed_moment_is_made_up_even_after_expiry()
    {
        await CertifyAsync(people: 3);
        var expiry = (await CertificatesAsync())[0].ExpiresAt;
        clinic.OutliveEverything();

        Assert.Equal(3, (await RegenerateAtAsync(expiry.AddDays(100))).Regenerated);
    }

    [RequiresFact]
    public async Task What_expires_first_goes_first()
    {
        clinic.Now = Given.Now.AddDays(5);
        await CertifyAsync(people: 20);
        clinic.Now = Given.Now;
        await clinic.CertifyAsync(
            store, Given.Foreigner() with { Product = "Janssen" },
            Given.Foreigner(1, "M7654321") with { Product = "Janssen" });
        var expiry = (await CertificatesAsync()).Max(c => c.ExpiresAt);

        var due = await store.Lineages.DueAsync(expiry, null, 100, default);
        var rest = await store.Lineages.DueAsync(expiry, due[1], 100, default);

        Assert.Equal(22, due.Count);
        Assert.Equal([expiry.AddDays(-5), expiry.AddDays(-5)], due.Take(2).Select(d => d.ExpiresAt));
        Assert.Equal(due.OrderBy(d => d.ExpiresAt).ThenBy(d => d.LineageId), due);
        Assert.Equal(due.Skip(2), rest);
    }

    [RequiresFact]
    public async Task A_withdrawn_record_is_refused_and_the_reason_kept_until_it_stands_again()
    {
        await CertifyAsync(people: 2);
        var expiry = (await CertificatesAsync())[0].ExpiresAt;
        await ExecuteAsync(
            "update record set withdrawn = 1 where id = (select min(id) from record where dose_number = 2)");

        var round = await RegenerateAtAsync(expiry.AddDays(-10));

        Assert.Equal((2, 1, 1), (round.Due, round.Regenerated, round.Refused));
        Assert.Equal(1, await ScalarAsync(
            "select count(*) from lineage where regenerate_refusal = 'incomplete-course' and regenerate_at is null"));
        Assert.Equal(0, (await RegenerateAtAsync(expiry.AddDays(-9))).Due);

        await ExecuteAsync("update record set withdrawn = 0");
        await ExecuteAsync("update subject set revision = revision + 1");
        Assert.Equal(2, (await clinic.IssueAsync(store)).Unchanged);
        Assert.Equal(1, (await RegenerateAtAsync(expiry.AddDays(-8))).Regenerated);
        Assert.Equal(0, await ScalarAsync("select count(*) from lineage where regenerate_refusal is not null"));
    }

    [RequiresFact]
    public async Task A_hold_stops_no_regeneration()
    {
        await CertifyAsync(people: 1);
        var expiry = (await CertificatesAsync())[0].ExpiresAt;
        await ExecuteAsync("update record set held = 1");
        await ExecuteAsync("update subject set revision = revision + 1");
        Assert.Equal(1, (await clinic.IssueAsync(store)).Refused[DecisionReason.Held]);

        Assert.Equal(1, (await RegenerateAtAsync(expiry.AddDays(-10))).Regenerated);
    }

    [RequiresFact]
    public async Task Whoever_waits_for_a_decision_is_left_to_issuing()
    {
        await CertifyAsync(people: 1);
        var expiry = (await CertificatesAsync())[0].ExpiresAt;
        await SignedAsync(Given.Row(1, 3) with { DoseKind = "booster" });

        Assert.Equal(0, (await RegenerateAtAsync(expiry.AddDays(-10))).Due);
        Assert.Equal(1, (await clinic.IssueAsync(store)).Issued);
        Assert.Equal(0, (await RegenerateAtAsync(expiry)).Due);
    }

    [RequiresFact]
    public async Task A_revoked_certificate_is_not_followed_unless_an_act_asks_for_it()
    {
        await CertifyAsync(people: 2);
        var all = await CertificatesAsync();
        var (leaked, revoked) = (all[0], all[1]);
        await ExecuteAsync(
            $"insert into revocation (slot, reason, decided_at, decided_by, effective_at) "
            + $"select slot, 6, 0, 'test', 0 from certificate");
        await ExecuteAsync(
            $"update lineage set regenerate_at = 0, regenerate_cause = 6 where current_slot = {leaked.Slot.Value}");

        Assert.Equal(1, (await RegenerateAtAsync(revoked.ExpiresAt.AddDays(-10))).Regenerated);

        var successor = (await CertificatesAsync()).Single(c => c.Predecessor is not null);
        Assert.Equal((leaked.Slot, SuccessionCause.Leaked), (successor.Predecessor, successor.Cause));
        Assert.Equal(1, await ScalarAsync(
            "select count(*) from lineage where regenerate_cause = 1 and regenerate_at > 0"
            + $" and current_slot = {successor.Slot.Value}"));
    }

    [RequiresFact]
    public async Task Intents_that_a_failing_signer_left_are_regenerated_by_the_next_round()
    {
        await CertifyAsync(people: 600);
        var at = (await CertificatesAsync())[0].ExpiresAt.AddDays(-10);
        var failing = clinic.SignerThat((call, signature) => call == 550 ? throw new IOException("HSM") : signature);
        clinic.Now = at;
        await Assert.ThrowsAsync<IOException>(() => clinic.RegenerateAsync(store, failing, workers: 1));
        var left = await store.Certificates.OpenIntentsAsync(null, 1000, default);
        Assert.NotEmpty(left);
        Assert.All(left, intent => Assert.True(intent.Stands));

        var next = await clinic.RegenerateAsync(await OpenAsync());

        Assert.Equal(left.Count, next.Resumed);
        await AssertOneCurrentEachAsync(600);
    }

    [RequiresFact]
    public async Task An_intent_whose_lineage_moved_on_is_given_up()
    {
        await CertifyAsync(people: 1);
        var old = Assert.Single(await CertificatesAsync());
        clinic.Now = old.ExpiresAt.AddDays(-10);
        var failing = clinic.SignerThat((_, _) => throw new IOException("HSM"));
        await Assert.ThrowsAsync<IOException>(() => clinic.RegenerateAsync(store, failing));
        await ExecuteAsync("update lineage set current_slot = 1");

        Assert.False(Assert.Single(await store.Certificates.OpenIntentsAsync(null, 10, default)).Stands);
        await ExecuteAsync($"update lineage set current_slot = {old.Slot.Value}, is_open = 0");
        Assert.Equal(1, (await clinic.RegenerateAsync(store)).Abandoned);

        Assert.Empty(await store.Certificates.OpenIntentsAsync(null, 10, default));
        Assert.Empty(await store.Certificates.ClaimDueAsync(0, 10, default));
    }

    [RequiresFact]
    public async Task A_new_decision_voids_the_intent_of_a_regeneration()
    {
        await CertifyAsync(people: 1);
        clinic.Now = Assert.Single(await CertificatesAsync()).ExpiresAt.AddDays(-10);
        var failing = clinic.SignerThat((_, _) => throw new IOException("HSM"));
        await Assert.ThrowsAsync<IOException>(() => clinic.RegenerateAsync(store, failing));
        await SignedAsync(Given.Row(1, 3) with { DoseKind = "booster" });

        var round = await clinic.IssueAsync(store);

        Assert.Equal((1, 1), (round.Issued, round.Abandoned));
        await AssertOneCurrentEachAsync(1);
    }

    [RequiresFact]
    public async Task Fifty_regenerations_of_one_lineage_at_once_make_one_successor()
    {
        await CertifyAsync(people: 1);
        var old = Assert.Single(await CertificatesAsync());
        clinic.Now = old.ExpiresAt.AddDays(-10);
        Store[] instances = [store, await OpenAsync()];

        var rounds = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() => n % 10 == 0
            ? clinic.RegenerateAsync(instances[n % 2])
            : clinic.RegenerateOneAsync(instances[n % 2], old.LineageId))));

        Assert.Equal(1, rounds.Sum(round => round.Regenerated));
        Assert.Equal(2, await ScalarAsync("select count(*) from certificate"));
        await AssertOneCurrentEachAsync(1);
    }

    [RequiresFact]
    public async Task A_limited_round_leaves_the_rest_for_the_next()
    {
        await CertifyAsync(people: 5);
        clinic.Now = (await CertificatesAsync())[0].ExpiresAt.AddDays(-10);

        Assert.Equal(2, (await clinic.RegenerateAsync(store, limit: 2)).Regenerated);
        Assert.Equal(3, (await clinic.RegenerateAsync(store)).Regenerated);
    }

    Task<RegenerateCounts> RegenerateAtAsync(DateTimeOffset at)
    {
        clinic.Now = at;
        return clinic.RegenerateAsync(store);
    }

    async Task AssertOneCurrentEachAsync(int people)
    {
        var certificates = await CertificatesAsync();
        Assert.Equal(people, certificates.Count(c => c.IsLineageHead));
        Assert.Equal(certificates.Count, certificates.Select(c => c.Uvci).Distinct().Count());
        Assert.Empty(await store.Certificates.OpenIntentsAsync(null, 10, default));
    }

    static DecodedHcert Decoded(IssuedCertificate certificate) =>
        HcertReader.TryReadCose(
            CoseSign1.Assemble(certificate.ToBeSigned, certificate.Signature), out var hcert, out _)
            ? hcert
            : throw new InvalidDataException();
}

using System.Security.Cryptography;
using Issuer.Core.Certificates;
using Issuer.Core.Pki;
using Issuer.Core.Records;
using Issuer.Hcert;

namespace Issuer.Tests.Storage;

/// <summary>Whole rounds of steps 5 to 9, and what a store guards as a whole.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task A_second_round_over_two_thousand_people_issues_nothing()
    {
        var first = await CertifyAsync(people: 2000);
        var second = await clinic.IssueAsync(store);

        Assert.Equal((2000, 2000, 0), (first.Decided, first.Issued, first.Resumed));
        Assert.Equal((0, 0), (second.Decided, second.Issued));
        var certificates = await CertificatesAsync();
        Assert.Equal(2000, certificates.Count);
        Assert.Equal(2000, certificates.Select(c => c.Uvci).Distinct().Count());
        Assert.All(certificates.Take(20), certificate => Assert.Equal(
            Verdict.Valid, HcertVerifier.Verify(certificate.ToHc1(), _ => [clinic.Dsc.Verifier], Given.Now).Verdict));
    }

    [RequiresFact]
    public async Task A_round_is_done_again_when_nothing_changed_but_says_unchanged()
    {
        await CertifyAsync(people: 3);
        await CorrectAsync(Given.Row(1, 2) with { Lot = "ABV2" }, 1);

        var round = await clinic.CertifyAsync(store);

        Assert.Equal((1, 0, 1), (round.Decided, round.Issued, round.Unchanged));
        Assert.Equal(3, (await CertificatesAsync()).Count);
    }

    [RequiresFact]
    public async Task Intents_that_a_failing_signer_left_are_completed_by_the_next_round()
    {
        await CertifyAsync(people: 0);
        await PreparePeopleAsync(1200);
        var failing = clinic.SignerThat((call, signature) => call == 700 ? throw new IOException("HSM") : signature);
        await Assert.ThrowsAsync<IOException>(() => clinic.IssueAsync(store, failing, workers: 1));
        var left = await store.Certificates.OpenIntentsAsync(null, 2000, default);
        Assert.NotEmpty(left);

        var next = await clinic.IssueAsync(await OpenAsync());

        Assert.Equal(left.Count, next.Resumed);
        var certificates = await CertificatesAsync();
        Assert.Equal(1200, certificates.Count);
        Assert.Equal(1200, certificates.Select(c => c.LineageId).Distinct().Count());
        Assert.All(left, intent => Assert.Equal(
            intent.ToBeSigned, certificates.Single(c => c.Slot == intent.Slot).ToBeSigned));
    }

    [RequiresFact]
    public async Task A_wrong_signature_never_completes_anything()
    {
        await PreparePeopleAsync(3);
        var wrong = clinic.SignerThat((_, signature) =>
        {
            signature[40] ^= 1;
            return signature;
        });

        await Assert.ThrowsAsync<CryptographicException>(() => clinic.IssueAsync(store, wrong));
        await Assert.ThrowsAsync<CryptographicException>(() => clinic.IssueAsync(store, wrong));

        Assert.Empty(await CertificatesAsync());
        Assert.Equal(3, (await clinic.IssueAsync(store)).Resumed);
    }

    [RequiresFact]
    public async Task A_stored_intent_that_somebody_changed_is_never_signed()
    {
        (string Column, Func<StoredIntent, object> To)[] changes =
        [
            // A name of the same length: well-formed bytes that nobody decided.
            ("to_be_signed", intent => Renamed(intent.ToBeSigned)),
            ("to_be_signed", intent => intent.ToBeSigned[..^1]),
            ("random", intent => Flipped(intent.Random)),
            ("content_digest", intent => Flipped(intent.ContentDigest)),
            ("expires_at", intent => intent.ExpiresAt.ToUnixTimeSeconds() + 1),
            ("issued_at", intent => intent.IssuedAt.ToUnixTimeSeconds() - 1),
            ("kid", _ => "AAAAAAAAAAA="),
        ];
        await PreparePeopleAsync(changes.Length);
        await store.Certificates.ReserveAsync(await clinic.PrepareAsync(store), [], Given.Act, default);
        var intents = await store.Certificates.OpenIntentsAsync(null, 10, default);
        foreach (var ((column, to), intent) in changes.Zip(intents))
        {
            await ExecuteAsync(
                $"update certificate set {column} = @changed where slot = @slot",
                new { changed = to(intent), slot = intent.Slot.Value });
        }

        var round = await clinic.IssueAsync(store);

        // Their persons are decided again, in slots of their own.
        Assert.Equal((changes.Length, 0, changes.Length), (round.Abandoned, round.Resumed, round.Issued));
        Assert.Empty((await CertificatesAsync()).Select(c => c.Slot).Intersect(intents.Select(i => i.Slot)));
        Assert.Single(round.LintFaults);
    }

    static byte[] Renamed(byte[] toBeSigned)
    {
        var bytes = toBeSigned.ToArray();
        bytes[bytes.AsSpan().IndexOf("<A"u8) + 1] = (byte)'B';
        bytes[bytes.AsSpan().IndexOf(" A"u8) + 1] = (byte)'B';
        return bytes;
    }

    static byte[] Flipped(byte[] bytes) => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)];

    [RequiresFact]
    public async Task An_intent_whose_record_was_corrected_is_given_up_and_its_slot_stays_used()
    {
        var intent = await ReservedAsync();
        await CorrectAsync(Given.Row(1, 2) with { VaccinatedOn = "2021-11-01" }, 1);

        var round = await clinic.IssueAsync(store);
        Assert.Equal((0, 1), (round.Issued, round.Abandoned));
        await clinic.CertifyAsync(store);

        var certificate = Assert.Single(await CertificatesAsync());
        Assert.NotEqual(intent.Slot, certificate.Slot);
        Assert.Equal(intent.LineageId, certificate.LineageId);
        Assert.Null(certificate.Predecessor);
    }

    [RequiresFact]
    public async Task A_facility_without_its_own_DSC_stops_its_own_certificates_only()
    {
        await using var strict =
            new Clinic { Signing = new SigningPolicy { FacilitiesWithOwnDsc = [Given.OtherFacility] } };
        await strict.OpenAsync(store, 1100);
        await BookAsync(new Lot("EU/1/20/1525", "ABV1", Given.Facility, Given.Today, 1100));
        RecordRow[] others = [.. Enumerable.Range(2, 1099).Select(n => Given.Row(n) with { Product = "Janssen" })];
        await Clinic.SubmitAsync(store, [Given.Row(1, 1, Given.OtherFacility) with { Product = "Janssen" }, .. others]);
        await Clinic.MatchAsync(store);
        await strict.AttestAsync(store);

        var round = await strict.IssueAsync(store, workers: 1);

        Assert.Equal(1099, round.Issued);
        Assert.Contains(Given.OtherFacility, round.Stopped!.Detail, StringComparison.Ordinal);
        Assert.Single(await store.Certificates.ClaimDueAsync(0, 10, default));
    }

    [RequiresFact]
    public async Task Nobody_is_refused_for_a_missing_DSC()
    {
        await PreparePeopleAsync(3);
        clinic.Now = Given.Now.AddYears(1).AddMonths(6);

        var round = await clinic.IssueAsync(store);

        Assert.NotNull(round.Stopped);
        Assert.Equal(0, round.Issued);
        Assert.Equal(3, (await store.Certificates.ClaimDueAsync(0, 10, default)).Count);
        Assert.Empty(await store.Counts.RefusalsAsync(default));
    }

    [RequiresFact]
    public async Task A_clock_more_than_a_minute_behind_the_last_write_is_refused()
    {
        Assert.Null(await store.EnterAsync(Given.Now, default));
        var other = await OpenAsync();
        foreach (var (seconds, isRefused) in new[] { (-59, false), (-60, false), (-61, true), (1, false) })
        {
            var refused = await other.EnterAsync(Given.Now.AddSeconds(seconds), default);
            Assert.Equal(isRefused ? Issuer.Core.RejectionKind.Unavailable : null, refused?.Kind);
        }
    }

    [RequiresFact]
    public async Task A_clock_that_is_a_little_behind_does_not_set_the_stores_back()
    {
        Assert.Null(await store.EnterAsync(Given.Now, default));
        for (var step = 0; step < 3; step++)
        {
            Assert.Null(await store.EnterAsync(Given.Now.AddSeconds(-40), default));
        }
        Assert.NotNull(await store.EnterAsync(Given.Now.AddSeconds(-61), default));
        Assert.Null(await store.EnterAsync(Given.Now.AddYears(1), default));
        Assert.NotNull(await store.EnterAsync(Given.Now, default));
    }

    [RequiresFact]
    public async Task A_job_runs_once_at_a_time_over_all_instances()
    {
        var other = await OpenAsync();
        await using (Assert.IsAssignableFrom<IAsyncDisposable>(await store.TryLockAsync("issue", default)))
        {
            Assert.Null(await other.TryLockAsync("issue", default));
            Assert.Null(await store.TryLockAsync("issue", default));
            await using var another = await other.TryLockAsync("match", default);
            Assert.NotNull(another);
        }
        await using var again = await other.TryLockAsync("issue", default);
        Assert.NotNull(again);
    }

    [RequiresFact]
    public async Task A_store_remembers_its_environment_and_its_secret()
    {
        var other = await OpenAsync();

        Assert.Equal("Development", await store.Settings.EnvironmentAsync("Development", default));
        Assert.Equal("Development", await other.Settings.EnvironmentAsync("Production", default));
        Assert.Equal(await store.Settings.NonceKeyAsync(default), await other.Settings.NonceKeyAsync(default));
    }

    async Task<IssueCounts> CertifyAsync(int people)
    {
        await PreparePeopleAsync(people);
        return await clinic.IssueAsync(store);
    }

    /// <summary>So many people with two signed doses each.</summary>
    async Task PreparePeopleAsync(int people)
    {
        await store.Registry.LoadAsync([.. Enumerable.Range(1, people).Select(Given.Person)], default);
        await ReceiveAsync(100 + (2 * people));
        RecordRow[] rows = [.. Enumerable.Range(1, people).SelectMany(n => new[] { Given.Row(n, 1), Given.Row(n, 2) })];
        foreach (var batch in rows.Chunk(1000))
        {
            await Clinic.SubmitAsync(store, batch);
        }
        await Clinic.MatchAsync(store);
        await clinic.AttestAsync(store);
    }
}

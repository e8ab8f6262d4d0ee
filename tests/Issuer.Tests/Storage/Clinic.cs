using System.Security.Cryptography;
using Issuer.Core.Certificates;
using Issuer.Core.Facilities;
using Issuer.Core.Identity;
using Issuer.Core.Pki;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Storage;
using Issuer.Tests.Pki;

namespace Issuer.Tests.Storage;

/// <summary>Everybody who works on a store: facilities with their keys, the register, the ministry's DSC.</summary>
sealed class Clinic : IAsyncDisposable
{
    readonly Ceremony ceremony = new();
    readonly SigningKey dscKey = SigningKey.Create(KeyKind.P256);
    readonly Dictionary<string, ECDsa> facilityKeys = new()
    {
        [Given.Facility] = ECDsa.Create(ECCurve.NamedCurves.nistP256),
        [Given.OtherFacility] = ECDsa.Create(ECCurve.NamedCurves.nistP256),
    };

    public Clinic()
    {
        var own = new OwnDsc(ceremony.Dsc(dscKey), "dsc");
        Assert.True(Issuer.Hcert.Dsc.TryParse(own.Der.Span, out var verifier, out _));
        Dsc = new SigningDsc(own, verifier);
        Dscs = [Dsc];
    }

    public SigningDsc Dsc { get; }

    public IReadOnlyList<SigningDsc> Dscs { get; set; }

    public DateTimeOffset Now { get; set; } = Given.Now;

    public DateTimeOffset? ShortenedUntil { get; set; }

    public SigningPolicy Signing { get; init; } = SigningPolicy.Default;

    public async Task OpenAsync(Store store, int people)
    {
        await store.Facilities.SaveAsync(
            [
                new Facility(Given.Facility, "Trạm y tế Bến Nghé", "commune", "79", null),
                new Facility(Given.OtherFacility, "Bệnh viện Bạch Mai", "hospital", "01", null),
            ],
            Given.Act, default);
        await store.Facilities.SaveKeysAsync(
            facilityKeys.ToDictionary(pair => pair.Key, pair => pair.Value.ExportSubjectPublicKeyInfo()),
            Given.Act, default);
        await store.Registry.LoadAsync([.. Enumerable.Range(1, people).Select(Given.Person)], default);
    }

    public static Task<IReadOnlyList<SubmittedRow>> SubmitAsync(Store store, params IReadOnlyList<RecordRow> rows) =>
        new SubmitRecords(store.Records, Given.SingleActs, Given.Claims).SubmitAsync(rows, null, Given.Context, Given.Act, default);

    public static Task<MatchCounts> MatchAsync(Store store) =>
        new MatchRecords(store.Identity, store.Registry, Given.ClaimDigests).RunAsync(Given.Act, null, default);

    public static AttestRecords Attest(Store store) =>
        new(store.Facilities, AttestationPolicy.LastDose, new byte[32]);

    public string Sign(DoseToAttest dose, Store store) =>
        CompactJws.Sign(Attest(store).CanonicalOf(dose), facilityKeys[dose.Dose.Record.Facility]);

    /// <summary>Every facility signs all that waits.</summary>
    public async Task AttestAsync(Store store)
    {
        long last = 0;
        while (await store.Facilities.ToAttestAsync(null, last, 500, default) is { Count: > 0 } waiting)
        {
            last = waiting[^1].Dose.Id;
            var faults = await Attest(store).AttestAsync(
                [.. waiting.Select(dose => Sign(dose, store))], null, Given.Signatory, default);
            Assert.All(faults, Assert.Null);
        }
    }

    public Task<IssueCounts> IssueAsync(Store store, ICertificateSigner? signer = null, int workers = 3) =>
        new IssueCertificates(
            store.Certificates, signer ?? new Signer(bytes => dscKey.Sign(bytes)), new FixedClock(Now),
            bytes => RandomNumberGenerator.Fill(bytes), workers).RunAsync(ContextAt, "test", null, default);

    public Task<RegenerateCounts> RegenerateAsync(
        Store store, ICertificateSigner? signer = null, int workers = 3, long? limit = null) =>
        Regenerate(store, signer, workers).RunAsync(ContextAt, "test", limit, default);

    public Task<RegenerateCounts> RegenerateOneAsync(Store store, long lineage) =>
        Regenerate(store, null, 1).RunOneAsync(lineage, ContextAt, "test", default);

    /// <summary>A second DSC, for what is issued when the first has ended.</summary>
    public void OutliveEverything()
    {
        var own = new OwnDsc(ceremony.Dsc(dscKey, to: Given.Now.AddYears(4), name: "DSC 2"), "dsc");
        Assert.True(Issuer.Hcert.Dsc.TryParse(own.Der.Span, out var verifier, out _));
        Dscs = [Dsc, new SigningDsc(own, verifier)];
    }

    /// <summary>Steps 1 to 9 for these rows.</summary>
    public async Task<IssueCounts> CertifyAsync(Store store, params IReadOnlyList<RecordRow> rows)
    {
        Assert.All(await SubmitAsync(store, rows), row => Assert.NotEqual(SubmitOutcome.Refused, row.Outcome));
        await MatchAsync(store);
        await AttestAsync(store);
        return await IssueAsync(store);
    }

    /// <summary>Steps 5 to 7 by hand, for tests that stop before the signature.</summary>
    public async Task<IReadOnlyList<PreparedCertificate>> PrepareAsync(Store store)
    {
        var due = await store.Certificates.ClaimDueAsync(0, 1000, default);
        var lease = await store.Certificates.LeaseSlotsAsync(due.Count, default);
        return [.. due.Select((subject, i) => Prepare(subject, lease[i]))];
    }

    /// <summary>Step 8 by hand.</summary>
    public SignedCertificate Complete(ReservedCertificate reserved)
    {
        var signature = dscKey.Sign(reserved.Redeem().Span);
        return new SignedCertificate(
            reserved.Slot, reserved.LineageId, reserved.Predecessor, reserved.Cause, reserved.Dsc.Kid, signature,
            RevocationHash.OfSignature(CoseAlgorithm.ES256, signature),
            ContextAt(Now).Moments.Of(reserved.LineageId, reserved.ExpiresAt));
    }

    public ICertificateSigner SignerThat(Func<int, byte[], byte[]> spoil)
    {
        var calls = 0;
        return new Signer(bytes => spoil(Interlocked.Increment(ref calls), dscKey.Sign(bytes)));
    }

    public PreparationContext ContextAt(DateTimeOffset now) => new(
        Given.Certification, ValidityPolicy.Default,
        new RegenerationMoments(ValidityPolicy.Default, new byte[32]),
        Signing, Dscs, now)
    {
        ShortenedUntil = ShortenedUntil,
    };

    public ValueTask DisposeAsync()
    {
        ceremony.Dispose();
        dscKey.Dispose();
        foreach (var key in facilityKeys.Values)
        {
            key.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    RegenerateCertificates Regenerate(Store store, ICertificateSigner? signer, int workers) =>
        new(store.Lineages, store.Certificates, signer ?? new Signer(bytes => dscKey.Sign(bytes)), new FixedClock(Now),
            bytes => RandomNumberGenerator.Fill(bytes), workers);

    PreparedCertificate Prepare(DueSubject subject, Slot slot)
    {
        var context = ContextAt(Now);
        var entitlement = DecideCourse.Decide(subject.Doses, context.Policy).Entitlement!;
        var choices = new DscChoices(context);
        Assert.False(choices.For(entitlement).IsRefused(out _, out var choice));
        var (prepared, faults) = PrepareCertificates.Prepare(
            subject, entitlement, PrepareCertificates.CauseOf(subject.Lineage, entitlement), choice!.Dsc,
            choice.ExpiresAt, slot,
            RandomNumberGenerator.GetBytes(Uvci.RandomLength), context);
        Assert.Empty(faults);
        return prepared!;
    }

    sealed class Signer(Func<byte[], byte[]> sign) : ICertificateSigner
    {
        public Task<IReadOnlyList<byte[]>> SignAsync(
            IReadOnlyList<ReservedCertificate> reserved, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<byte[]>>([.. reserved.Select(r => sign(r.Redeem().ToArray()))]);
    }
}

sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}

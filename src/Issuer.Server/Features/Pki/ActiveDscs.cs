using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Pki;
using Issuer.Hcert;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;
using StoreSettings = Issuer.Storage.Settings;

namespace Issuer.Server.Features.Pki;

/// <summary>The DSCs that certificates are prepared for.</summary>
sealed class ActiveDscs(
    PkiStore pki, StoreSettings settings, KeyFiles keys, StoreEnvironment environment, PoliciesNow policies,
    StoreSecret secret, TimeProvider clock)
{
    readonly byte[] momentsKey = secret.KeyFor("regeneration moments");

    volatile Loaded loaded = new([], null);

    /// <summary>
    /// The DSCs as they are now, and what two people allowed. In Development one that runs out is followed by the next,
    /// without a ceremony.
    /// </summary>
    /// <exception cref="RefusedException">In Development: the store was written by a later clock than ours.</exception>
    public async Task LoadAsync(CancellationToken cancel)
    {
        var known = await pki.DscsAsync(cancel);
        if (environment.IsDevelopment)
        {
            // The round entered the store by an earlier look at the clock, which may have been set back since: keys are
            // made for the moment that the store has agreed to, and no other.
            var now = clock.GetUtcNow();
            RefusedException.ThrowIf(await ClockAgreement.EnterAsync(settings, now, cancel));
            using var made = new OwnedPki(DevelopmentPki.Ensure(keys, known, policies.Validity, now));
            await pki.AddAsync(made.Value.Cscas, cancel);
            await pki.AddAsync(made.Value.NewDscs, cancel);
            known = await pki.DscsAsync(cancel);
        }
        loaded = new Loaded(
            [.. known.Select(own => new SigningDsc(own, Verifier(own)))], await settings.ShortenedUntilAsync(cancel));
    }

    /// <summary>What preparing a certificate needs, as of a moment.</summary>
    public PreparationContext ContextAt(DateTimeOffset now)
    {
        var all = policies.At(now);
        return new PreparationContext(
            all.Certification, all.Validity, new RegenerationMoments(all.Validity, momentsKey), all.Signing,
            loaded.Dscs, now)
        {
            ShortenedUntil = loaded.ShortenedUntil,
        };
    }

    /// <summary>
    /// Until when certificates may end with their DSC, before the ministry's term; null: they may not.
    /// </summary>
    public DateTimeOffset? ShortenedUntil =>
        ContextAt(clock.GetUtcNow()) is { AllowsShortened: true, ShortenedUntil: { } until } ? until : null;

    /// <summary>Whether some DSC outlives what would be issued now.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return ChooseDsc.For(
            await pki.DscsAsync(cancel), owner: null, now, policies.Validity.ExpiryOf(now)).Rejection is null;
    }

    static Dsc Verifier(OwnDsc own) => Dsc.TryParse(own.Der.Span, out var dsc, out var why)
        ? dsc
        : throw new InvalidDataException($"The stored DSC {own.Kid} cannot be read: {why}");

    /// <summary>What a round signs with: one look at the store, seen whole by every thread.</summary>
    sealed record Loaded(IReadOnlyList<SigningDsc> Dscs, DateTimeOffset? ShortenedUntil);

    /// <summary>Everything in it is disposable, the record itself is not.</summary>
    sealed class OwnedPki(DevelopmentPki pki) : IDisposable
    {
        public DevelopmentPki Value => pki;

        public void Dispose()
        {
            pki.Anchor.Dispose();
            foreach (var csca in pki.Cscas)
            {
                csca.Dispose();
            }
        }
    }
}

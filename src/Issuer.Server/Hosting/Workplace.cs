using System.Security.Cryptography;
using System.Text;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Facilities;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Core.Pki;
using Issuer.Core.Policies;
using Issuer.Core.Progress;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Server.Features.Identity;
using Issuer.Server.Features.Publication;
using Issuer.Storage;
using Issuer.Storage.Pki;

namespace Issuer.Server.Hosting;

/// <summary>Where a program works: its store, clock, keys and policies. One per process.</summary>
sealed class Workplace : IAsyncDisposable
{
    readonly byte[] nonceKey;
    readonly byte[] momentsKey;
    readonly ExchangeRegistry? exchange;
    volatile bool hasNotedFiles;
    volatile Loaded loaded = new([], null);

    Workplace(WorkplaceOptions options, Store store, bool isDevelopment, byte[] nonceKey)
    {
        Options = options;
        Store = store;
        IsDevelopment = isDevelopment;
        this.nonceKey = nonceKey;
        Keys = new KeyFiles(Path.Combine(options.DataDirectory, "keys"), isDevelopment);
        Signer = new FileSigner(Keys);
        exchange = options.Exchange is { } reached ? new ExchangeRegistry(reached, options.Clock) : null;
        Policies = new PolicySource(store.Policies);
        momentsKey = DeriveKey("regeneration moments");
    }

    public WorkplaceOptions Options { get; }

    public Store Store { get; }

    public IPopulationRegistry Registry => exchange is null ? Store.Registry : exchange;

    public bool IsDevelopment { get; }

    public TimeProvider Clock => Options.Clock;

    public KeyFiles Keys { get; }

    public FileSigner Signer { get; }

    public PolicySource Policies { get; }

    public PoliciesInForce InForce => Policies.At(Now);

    public ValidityPolicy Validity => InForce.Validity;

    public RoundHealth PublicationHealth { get; } = new();

    public RoundHealth GatewayHealth { get; } = new();

    public HeldLists Held { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The day in Vietnam.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.ToOffset(Validity.UtcOffset).Date);

    public CertificationPolicy Policy => InForce.Certification;

    /// <summary>Who publishes, in the DID documents; null outside Development as long as no host is named.</summary>
    public string? Did => (Options.PublicHost ?? (IsDevelopment ? "localhost" : null)) is { } host
        ? $"did:web:{host.Replace(":", "%3A", StringComparison.Ordinal)}" : null;

    /// <summary>What is published lies here too, for the service to serve.</summary>
    public string PublishedDirectory => Path.Combine(Options.DataDirectory, "published");

    /// <summary>Opens the store and refuses what its environment forbids.</summary>
    public static async Task<Workplace> OpenAsync(WorkplaceOptions options, CancellationToken cancel)
    {
        if (options.MustExist && !Store.Exists(options.ConnectionString, options.DataDirectory))
        {
            throw new RefusedException(new Rejection(RejectionKind.NotFound,
                $"there is no store in {options.DataDirectory}: name one with --data, or begin with demo or import"));
        }
        var store = await OpenStoreAsync(options, cancel);
        try
        {
            var environment = Environments.Settle(
                options.Environment, await store.Settings.KnownEnvironmentAsync(cancel), options.ForceDevelopment);
            var isDevelopment = environment == Environments.Development;
            if (options.HasOwnNow && !isDevelopment)
            {
                throw new RefusedException(
                    new Rejection(
                    RejectionKind.Forbidden, "--now is for Development only"));
            }
            var place = new Workplace(options, store, isDevelopment, await store.Settings.NonceKeyAsync(cancel));
            await place.Policies.RefreshAsync(cancel);
            return place;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    static async Task<Store> OpenStoreAsync(WorkplaceOptions options, CancellationToken cancel)
    {
        try
        {
            return await Store.OpenAsync(options.ConnectionString, options.DataDirectory, options.Use, cancel);
        }
        catch (ArgumentException) when (options.ConnectionString is not null)
        {
            throw new RefusedException(new Rejection(
                RejectionKind.Invalid,
                "ConnectionStrings__Issuer is not a PostgreSQL connection string such as Host=…;Database=…"));
        }
    }

    /// <summary>
    /// Before the first write: a new store takes our environment, and its clock must not have been ahead of ours.
    /// </summary>
    public async Task EnterAsync(CancellationToken cancel)
    {
        var environment = IsDevelopment ? Environments.Development : Environments.Production;
        if (await Store.Settings.EnvironmentAsync(environment, cancel) is var kept && kept != environment)
        {
            throw new RefusedException(
                new Rejection(RejectionKind.Conflict, $"another process has just made this a store of {kept}"));
        }
        RefusedException.ThrowIf(await ClockAgreement.EnterAsync(Store.Settings, Now, cancel));
        if (!hasNotedFiles)
        {
            await PolicyFiles.TakeNoteAsync(Store.Policies, Options.DataDirectory, Act("start"), cancel);
            hasNotedFiles = true;
        }
        await Policies.RefreshAsync(cancel);
    }

    /// <summary>Before anything is signed. With <c>--now</c> the clocks are meant to differ.</summary>
    public async Task RequireAgreedClockAsync(CancellationToken cancel)
    {
        if (!Options.HasOwnNow)
        {
            RefusedException.ThrowIf(await ClockAgreement.CompareAsync(Store.Settings, Clock, cancel));
        }
    }

    public Act Act(string actor) => new(actor, Now);

    public SubmitRecords SubmitRecords() => new(Store.Records);

    public MatchRecords MatchRecords() => new(Store.Identity, Registry);

    public CorrectRecords CorrectRecords() => new(Store.Worklist, SubmitRecords());

    public FileReports FileReports() =>
        new(Store.Reports, InForce.Feedback, Validity.UtcOffset);

    public LookUpRecords LookUpRecords() =>
        new(Store.Reports, InForce.Feedback, Validity.UtcOffset);

    public RevokeCertificates RevokeCertificates() => new(Store.Revocations);

    public TwoPersonActs TwoPersonActs() => new(Store.Approvals);

    public MarkDuplicates MarkDuplicates() => new(Store.Duplicates);

    public ImportPolicies ImportPolicies() => new(Store.Policies);

    public EnterImports EnterImports() => new(Store.Imports);

    public AnswerReports AnswerReports() => new(Store.Reports, SubmitRecords());

    public CountProgress CountProgress() => new(Store.Progress, Clock, Validity.UtcOffset);

    public AttestRecords AttestRecords() => new(Store.Facilities, Policy.Attestation, nonceKey);

    /// <summary>A key of its own for each purpose, from the store's secret, which itself never leaves here.</summary>
    public byte[] DeriveKey(string purpose) => HMACSHA256.HashData(nonceKey, Encoding.UTF8.GetBytes(purpose));

    public async Task<CheckContext> CheckContextAsync(CancellationToken cancel) => new(
        Policy.Licensed, Today, (await Store.Facilities.ListAsync(cancel)).Select(f => f.Code).ToHashSet(),
        await Store.Lots.BookAsync(cancel));

    /// <summary>
    /// The DSCs as they are now, and what two people allowed. In Development one that runs out is followed by the next,
    /// without a ceremony.
    /// </summary>
    public async Task LoadDscsAsync(CancellationToken cancel)
    {
        var known = await Store.Pki.DscsAsync(cancel);
        if (IsDevelopment)
        {
            using var pki = new OwnedPki(DevelopmentPki.Ensure(Keys, known, Validity, Now));
            await Store.Pki.AddAsync(pki.Value.Cscas, cancel);
            await Store.Pki.AddAsync(pki.Value.NewDscs, cancel);
            known = await Store.Pki.DscsAsync(cancel);
        }
        loaded = new Loaded(
            [.. known.Select(own => new SigningDsc(own, Verifier(own)))],
            await Store.Settings.ShortenedUntilAsync(cancel));
    }

    /// <summary>What preparing a certificate needs, as of a moment.</summary>
    public PreparationContext PreparationContext(DateTimeOffset now)
    {
        var policies = Policies.At(now);
        return new PreparationContext(
            policies.Certification, policies.Validity, new RegenerationMoments(policies.Validity, momentsKey),
            policies.Signing, loaded.Dscs, now)
        {
            ShortenedUntil = loaded.ShortenedUntil,
        };
    }

    /// <summary>The anchor with its key: from the key files, in Development from <c>keys-dev</c>.</summary>
    public TrustAnchor TrustAnchor()
    {
        var key = IsDevelopment ? DevelopmentKeys.Read(DevelopmentKeys.Anchor) : Keys.ReadKey(KeyFiles.AnchorName);
        return Keys.ReadAnchor(key);
    }

    public async ValueTask DisposeAsync()
    {
        Signer.Dispose();
        exchange?.Dispose();
        await Store.DisposeAsync();
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

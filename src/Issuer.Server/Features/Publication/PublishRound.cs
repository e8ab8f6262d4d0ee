using System.Text;
using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Pki;
using Issuer.Core.Publication;
using Issuer.Hcert;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.TrustList;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.Publication;
using Issuer.Verification.TrustLists;
using Microsoft.Extensions.Options;

namespace Issuer.Server.Features.Publication;

/// <summary>What is out there now.</summary>
/// <param name="IsNew">This round published it.</param>
/// <param name="Warnings">What an operator should know of a publication that is out all the same.</param>
sealed record PublicationCounts(
    long Sequence, bool IsNew, int Dscs, int Cscas, int Batches, int Files, string Directory,
    IReadOnlyList<string> Warnings);

/// <summary>
/// Step 12: trust list, revocation lists, value sets and the manifest over them, as one publication. It is in the store
/// before it is on disk, so a killed round leaves the old one or the new one. The caller holds the publisher's lock;
/// should two hold it after all, the sequence number goes to one.
/// </summary>
sealed class PublishRound(
    IPublicationStore store, ActiveDscs dscs, OwnAnchor ownAnchor, TrustFiles trustFiles, ForeignLists foreignLists,
    GuardFolder guard, HeldLists held, PoliciesNow policies, DataFolder data, TimeProvider clock,
    IOptions<DistributionSettings> distribution)
{
    /// <summary>Verifiers get an anchor out of band, which takes time.</summary>
    static readonly TimeSpan AnchorWarning = TimeSpan.FromDays(180);

    const string ValueSetsPath = "value-sets.json";
    const string TrustFolder = "trust-list/";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    readonly PublicationPolicy policy = policies.Publication with
    {
        Distribution = distribution.Value.Thresholds,
    };

    /// <param name="isForced">Publish revocations now, whether or not their round has come.</param>
    /// <param name="copy">Besides the service's own folder, the same bytes go here; null: nowhere else.</param>
    public async Task<PublicationCounts> RunAsync(bool isForced, string? copy, CancellationToken cancel)
    {
        await dscs.LoadAsync(cancel);
        using var anchor = ownAnchor.Read();
        var last = await store.LatestAsync(cancel);
        var now = clock.GetUtcNow();
        // Another instance published just now, by a clock a little ahead of ours: a round of ours has nothing to add.
        var isBehind = last is not null && now < last.Issued;
        if (isBehind && (isForced || ClockAgreement.WithStore(now, last!.Issued) is not null))
        {
            throw Stays($"it was published at {last!.Issued:u}, later than this clock says");
        }
        await guard.CheckOwnAsync(anchor, cancel);
        var warning = copy is null ? null : await guard.CheckCopyAsync(copy, cancel);
        var anchorBefore = TrustAnchor.DerOf((await store.FileAsync(TrustListFiles.AnchorPath, cancel))?.Bytes);
        // Before the round, which may take its time, or fail.
        var urgent = isBehind || isForced || last is null ? null : await UrgentAsync(last, anchor, now, cancel);
        if (urgent is not null)
        {
            await ExportAsync(urgent, copy, cancel);
        }
        var publication = isBehind ? null : await NextAsync(urgent ?? last, isForced, anchor, now, cancel);
        var current = publication ?? urgent ?? last!;
        await ExportAsync(current, copy, cancel);
        var counts = await CountAsync(current, current != last, copy ?? data.Published, cancel);
        return counts with
        {
            Warnings = [.. Warnings(anchor, anchorBefore, now).Prepend(warning).OfType<string>()],
        };
    }

    async Task ExportAsync(KeptPublication publication, string? copy, CancellationToken cancel)
    {
        foreach (var directory in new[] { data.Published, copy }.OfType<string>())
        {
            await ExportPublication.RunAsync(store, publication, directory, cancel);
        }
    }

    /// <summary>
    /// What cannot wait for its round is published over all that is in place. Null: there is none, or it waits, and
    /// health says why.
    /// </summary>
    async Task<KeptPublication?> UrgentAsync(
        KeptPublication last, TrustAnchor anchor, DateTimeOffset now, CancellationToken cancel)
    {
        var paths = await store.PathsAsync(cancel);
        CheckNothingLost(last, paths);
        if ((await new UrgentFiles(store, anchor, policy, policies.Certification.Country)
            .RunAsync(paths, now, cancel)).IsRefused(out var why, out var lists))
        {
            held.Urgent = why.Detail;
            return null;
        }
        held.Urgent = null;
        return lists == FileSet.Nothing
            ? null
            : await CommitAsync(
                last, [.. lists.Changed],
                [.. paths.Where(path => !RevocationFiles.IsOurs(path) && path != Bundle.Path), .. lists.Kept],
                [], anchor, now, cancel);
    }

    static void CheckNothingLost(KeptPublication? last, IReadOnlyList<string> paths)
    {
        var named = last is null ? [] : ReadManifest.Unverified(last.Text)?.Files ?? [];
        if (named.FirstOrDefault(file => !paths.Contains(file.Path)) is { } lost)
        {
            throw Stays($"the store has lost {lost.Path}, which is out there");
        }
    }

    static IEnumerable<string> Warnings(TrustAnchor anchor, ReadOnlyMemory<byte>? before, DateTimeOffset now)
    {
        if (before is { } known && !known.Span.SequenceEqual(anchor.Der.Span))
        {
            yield return "this anchor is not the one that signed before: verifiers believe none of this until they "
                + "have it from you";
        }
        if (now > anchor.NotAfter - AnchorWarning)
        {
            yield return $"the anchor's certificate ends at {anchor.NotAfter.ToUniversalTime():u}: make another "
                + "(anchor create) and give it to verifiers before it signs";
        }
    }

    /// <summary>Null when what is out there still says it all.</summary>
    async Task<KeptPublication?> NextAsync(
        KeptPublication? last, bool isForced, TrustAnchor anchor, DateTimeOffset now, CancellationToken cancel)
    {
        var paths = await store.PathsAsync(cancel);
        CheckNothingLost(last, paths);
        var before = new Dictionary<string, byte[]>();
        foreach (var path in paths.Where(path => !RevocationFiles.IsOurs(path)))
        {
            before[path] = (await store.FileAsync(path, cancel))!.Bytes;
        }
        var trust = await trustFiles.BuildAsync(anchor, before.GetValueOrDefault, cancel);
        held.Dscs = trust.Held?.ToString();
        var files = new List<PublishedFile>(trust.Files)
        {
            new(ValueSetsPath, JsonSerializer.SerializeToUtf8Bytes(ValueSets.Products, Json), "application/json"),
        };
        // Whoever pins another anchor believes none of the lists in place.
        var whole = await new ListInPlace(store, anchor).MadeAsync(paths, cancel) ?? last?.Issued;
        var isListRound = isForced || policy.IsRoundDue(whole, now)
            || !files.Where(file => file.Path == TrustListFiles.AnchorPath).All(file => IsSame(file, before));
        if (!isListRound && files.All(file => IsSame(file, before)))
        {
            return null;
        }
        var lists = new FileSet([], [.. paths.Where(RevocationFiles.IsOurs)]);
        if (isListRound && (await new RevocationFiles(store, anchor, policy, policies.Certification.Country)
            .RunAsync(paths, now, cancel)).IsRefused(out var why, out lists))
        {
            throw new RefusedException(why);
        }
        if (isListRound)
        {
            lists = await foreignLists.AddToAsync(lists, paths, now, cancel);
        }
        files.AddRange(lists.Changed);
        return await CommitAsync(last, files, lists.Kept, before, anchor, now, cancel);
    }

    async Task<KeptPublication> CommitAsync(
        KeptPublication? last, List<PublishedFile> files, IReadOnlyList<string> keptLists,
        Dictionary<string, byte[]> before, TrustAnchor anchor, DateTimeOffset now, CancellationToken cancel)
    {
        var named = files.ConvertAll(file => ManifestFile.Of(file.Path, file.Bytes));
        var carried = files.Where(IsForVerifiers).ToList();
        foreach (var path in keptLists)
        {
            var file = (await store.FileAsync(path, cancel))!;
            named.Add(ManifestFile.Of(path, file.Bytes));
            if (IsForVerifiers(file))
            {
                carried.Add(file);
            }
        }
        var manifest = Manifest.Of((last?.Sequence ?? 0) + 1, now, policy.Fresh,
            last is null ? null : ManifestFile.Of("", Encoding.ASCII.GetBytes(last.Text)).Sha256, named);
        files.Add(new PublishedFile(Bundle.Path, Bundle.Write(manifest, carried, anchor), "application/octet-stream"));
        var next = new KeptPublication(manifest.Sequence, manifest.Issued, manifest.Next,
            manifest.Sign(Manifest.PublicationType, anchor));
        var same = files.Where(file => IsSame(file, before)).Select(file => file.Path).ToList();
        return await store.CommitAsync(
            next, files.FindAll(file => !same.Contains(file.Path)), [.. same, .. keptLists], cancel)
            ? next
            : throw Stays("somebody else has just published");
    }

    /// <summary>
    /// What an offline verifier needs: keys with their statement, the full revocation lists, value sets.
    /// </summary>
    static bool IsForVerifiers(PublishedFile file) =>
        file.Path == ValueSetsPath || file.Path == TrustListFiles.StatementPath
        || file.Path.StartsWith(TrustFolder + "list-", StringComparison.Ordinal) || CompactListPaths.IsFull(file.Path)
        || TrustListFiles.IsForeign(file.Path) || ForeignRevocations.IsFile(file.Path);

    static bool IsSame(PublishedFile file, Dictionary<string, byte[]> before) =>
        before.GetValueOrDefault(file.Path).AsSpan().SequenceEqual(file.Bytes) && before.ContainsKey(file.Path);

    async Task<PublicationCounts> CountAsync(
        KeptPublication publication, bool isNew, string directory, CancellationToken cancel)
    {
        var paths = await store.PathsAsync(cancel);
        var items = TrustListItem.ParsePublished((await store.FileAsync(TrustListFiles.EuPath, cancel))!.Bytes);
        return new PublicationCounts(
            publication.Sequence, isNew, items.Count(i => i.CertificateType == TrustListItem.Dsc),
            items.Count(i => i.CertificateType == TrustListItem.Csca), paths.Count(BuildBatches.IsJson), paths.Count,
            directory, []);
    }

    static RefusedException Stays(string why) =>
        new(new Rejection(RejectionKind.Unavailable, $"nothing is published; the current publication stays: {why}"));
}

using System.Security.Cryptography;
using Issuer.Hcert;
using Issuer.Server.Hosting;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Features.Publication;

/// <summary>What verifiers are told at one moment; what is published meanwhile replaces it whole.</summary>
/// <param name="Etag">A UUID (RFC 9562, version 8) over the content: the same on every instance.</param>
/// <param name="Packs">By kid and kind.</param>
sealed record DistributionContent(
    DateTime Written, string Etag, IReadOnlyList<DistributedList> Lists,
    IReadOnlyDictionary<(Kid Kid, SliceKind Kind), DistributionPack> Packs);

/// <summary>The distribution's files in the published folder, read into memory once a publication.</summary>
sealed class PublishedDistribution(string directory)
{
    const int UuidLength = 16;

    readonly Lock reading = new();
    readonly string manifest = Path.Combine(directory, Manifest.Path);

    volatile DistributionContent? current;

    /// <summary>Null: nothing has been published yet.</summary>
    public DistributionContent? Read()
    {
        var file = new FileInfo(manifest);
        if (!file.Exists)
        {
            return null;
        }
        var written = file.LastWriteTimeUtc;
        if (current is { } known && known.Written == written)
        {
            return known;
        }
        lock (reading)
        {
            return current is { } meanwhile && meanwhile.Written == written
                ? meanwhile
                : current = ReadAnew(written) ?? current;
        }
    }

    /// <summary>Null when something is not there: what is known goes on being told.</summary>
    DistributionContent? ReadAnew(DateTime written)
    {
        // Our own files: whoever mirrors them checks the manifest.
        if (ReadManifest.Unverified(File.ReadAllText(manifest)) is not { } published
            || DistributionLists.Find(published.Files.Select(file => file.Path)) is not { } path
            || FileWriter.Read(directory, path) is not { } json || DistributionLists.Read(json) is not { } lists)
        {
            return null;
        }
        var etag = EtagOf(json);
        if (current is { } known && known.Etag == etag)
        {
            return known with { Written = written };
        }
        var packs = new Dictionary<(Kid, SliceKind), DistributionPack>();
        foreach (var pack in lists.SelectMany(list => list.Packs.Values))
        {
            if (FileWriter.Read(directory, pack) is not { } content || DistributionPack.Read(content) is not { } read)
            {
                return null;
            }
            packs[(read.Kid, read.Kind)] = read;
        }
        return new DistributionContent(written, etag, lists, packs);
    }

    static string EtagOf(byte[] json)
    {
        var bytes = SHA256.HashData(json).AsSpan(0, UuidLength);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Features.Publication;

/// <summary>
/// Slices as they are handed out: a gzip of a tar of <c>kid/partition/chunk/sid</c>, the kid in base64, so that it may
/// hold slashes: readers go by the end. With its end records, which the reference leaves out and any tar wants.
/// </summary>
static class SliceArchive
{
    public const string ContentType = "application/gzip";

    const int EndLength = 1024;

    /// <summary>
    /// Hashes do not get smaller, only the tar's own 1 KB beside each: below this mean size packing pays.
    /// </summary>
    const int WorthPacking = 4096;

    const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static byte[] Of(
        DistributionPack pack, PackPartition partition, IReadOnlyList<(string Chunk, PackedSlice Slice)> slices)
    {
        using var archive = new MemoryStream();
        var isWorthIt = slices.Sum(one => one.Slice.Bytes.Length) < (long)slices.Count * WorthPacking;
        using (var gzip = new GZipStream(
            archive, isWorthIt ? CompressionLevel.Fastest : CompressionLevel.NoCompression))
        {
            using var tar = new TarWriter(gzip, TarEntryFormat.Ustar, leaveOpen: true);
            foreach (var (chunk, slice) in slices)
            {
                using var content = new MemoryStream(slice.Bytes.ToArray());
                tar.WriteEntry(new UstarTarEntry(
                    TarEntryType.RegularFile, $"{pack.Kid}/{partition.Id ?? "null"}/{chunk}/{slice.Id}")
                {
                    DataStream = content, ModificationTime = slice.Since, Mode = ReadOnly,
                });
            }
            if (slices.Count == 0)
            {
                // The platform ends no archive that holds nothing.
                gzip.Write(new byte[EndLength]);
            }
        }
        return archive.ToArray();
    }
}

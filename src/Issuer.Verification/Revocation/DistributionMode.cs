using System.Globalization;
using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>
/// How finely the hashes of a DSC are divided (eu-dcc.md 2.4): by none, one or two of their first digits.
/// </summary>
public enum DistributionMode
{
    Point,
    Vector,
    Coordinate,
}

/// <summary>A place that verifiers ask for: <c>/lists/{kid}/partitions/{partition}/chunks/{chunk}</c>.</summary>
/// <param name="Partition">Null in the point mode; there it is written <c>null</c>.</param>
public sealed record ChunkAddress(Kid Kid, string? Partition, string Chunk);

/// <summary>Up to how many hashes of a DSC are divided by no digit, and by one.</summary>
public sealed record DistributionThresholds(long MostInPoint, long MostInVector)
{
    /// <summary>Of the reference service.</summary>
    public static DistributionThresholds Reference { get; } = new(100_000, 1_600_000);

    public DistributionMode ModeFor(long hashes) => hashes <= MostInPoint ? DistributionMode.Point
        : hashes <= MostInVector ? DistributionMode.Vector : DistributionMode.Coordinate;
}

public static class DistributionModes
{
    /// <summary>How many chunks a DSC has: 16 to the number of digits.</summary>
    public static int ChunksOf(DistributionMode mode) => 16 << (4 * (int)mode);

    /// <summary>Which of them a hash belongs to: its first digits as a number.</summary>
    public static int ChunkOf(DistributionMode mode, ReadOnlySpan<byte> hash) =>
        ((hash[0] << 8) | hash[1]) >> (12 - (4 * (int)mode));

    /// <summary>The other way round; null when there is no such chunk in this mode.</summary>
    public static int? ChunkAt(DistributionMode mode, ChunkAddress address) =>
        int.TryParse(address.Partition + address.Chunk, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out var chunk) && AddressOf(address.Kid, mode, chunk) == address ? chunk : null;

    public static ChunkAddress AddressOf(Kid kid, DistributionMode mode, int chunk)
    {
        var digits = chunk.ToString($"x{(int)mode + 1}", CultureInfo.InvariantCulture);
        return new ChunkAddress(kid, mode == DistributionMode.Point ? null : digits[..^1], digits[^1..]);
    }
}

using System.Globalization;

namespace Issuer.Verification.Publication;

/// <summary>
/// Where the compact lists of a publication lie: an envelope and a body each, named by sequence number.
/// </summary>
public static class CompactListPaths
{
    public const string EnvelopeEnd = ".cose";
    public const string BodyEnd = ".body";

    const string Folder = "revocation/compact/";
    const string FullStart = Folder + "full-";
    const string DeltaStart = Folder + "delta-";
    const int NumberLength = 8;

    public static string Full(long sequence) => FullStart + Number(sequence);

    public static string Delta(long from, long to) => $"{DeltaStart}{Number(from)}-{Number(to)}";

    public static bool IsFull(string path) => path.StartsWith(FullStart, StringComparison.Ordinal);

    /// <summary>The full list's path without its end; null when there is none.</summary>
    public static string? FindFull(IEnumerable<string> paths) => paths
        .FirstOrDefault(path => IsFull(path) && path.EndsWith(EnvelopeEnd, StringComparison.Ordinal))?
            [..^EnvelopeEnd.Length];

    /// <summary>Envelopes and bodies, oldest first.</summary>
    public static IEnumerable<string> FindDeltas(IEnumerable<string> paths) => paths
        .Where(path => path.StartsWith(DeltaStart, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    static string Number(long sequence) =>
        sequence.ToString(CultureInfo.InvariantCulture).PadLeft(NumberLength, '0');
}

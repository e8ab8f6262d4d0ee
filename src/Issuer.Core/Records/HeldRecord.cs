using System.Globalization;

namespace Issuer.Core.Records;

/// <summary>A record under suspicion.</summary>
public sealed record HeldRecord(long Id, long Version, string Facility, HoldReason Reason)
{
    /// <summary>What about it must not change between a request to release it and the yes.</summary>
    public string ToLine() => $"record {Id} version {Version} held {Kebab.Of(Reason.ToString())}";

    /// <summary>The records of lines that begin as <see cref="ToLine"/> does.</summary>
    internal static IReadOnlyList<long> IdsOf(IEnumerable<string> lines) =>
        [.. lines.Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))];
}

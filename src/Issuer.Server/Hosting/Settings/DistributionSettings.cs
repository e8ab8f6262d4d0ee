using System.Globalization;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Hosting.Settings;

/// <summary>How finely the EU's distribution lists are divided; null: as the reference service does.</summary>
sealed class DistributionSettings : ISettings
{
    public static string Section => "Distribution";

    /// <summary>Up to how many hashes of a DSC are divided by no digit.</summary>
    public string? Point { get; init; }

    /// <summary>Up to how many are divided by one.</summary>
    public string? Vector { get; init; }

    public DistributionThresholds Thresholds => new(
        Read(Point) ?? DistributionThresholds.Reference.MostInPoint,
        Read(Vector) ?? DistributionThresholds.Reference.MostInVector);

    public IEnumerable<string> Faults()
    {
        foreach (var (name, text) in new[] { (nameof(Point), Point), (nameof(Vector), Vector) })
        {
            if (text is not null && Read(text) is null)
            {
                yield return $"{Section}__{name} is not a number of hashes";
            }
        }
    }

    static long? Read(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hashes) ? hashes : null;
}

using System.Text.RegularExpressions;
using Issuer.Samples;

namespace Issuer.Tests.Samples;

/// <summary>A campaign of 20,000 people, written once and read back.</summary>
public sealed class SampleFixture : IDisposable
{
    internal const int People = 20_000;
    internal static readonly DateOnly AsOf = new(2026, 3, 31);

    static readonly Regex Cell = new("(^|,)(\"(?<quoted>([^\"]|\"\")*)\"|(?<bare>[^,\"]*))");

    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("issuer-sample");

    public SampleFixture()
    {
        SampleCampaign.Write(directory.FullName, People, seed: 1, AsOf);
        Population = Read("population.csv");
        Facilities = Read("facilities.csv");
        Records = Read("records.csv");
        Lots = Read("lots.csv");
        ByNumber = Population.SelectMany(row => new[] { row["identity_number"], row["old_identity_number"] }
                .Where(number => number != "").Select(number => (number, row)))
            .ToDictionary(pair => pair.number, pair => pair.row);
    }

    internal List<Dictionary<string, string>> Population { get; }

    internal List<Dictionary<string, string>> Facilities { get; }

    internal List<Dictionary<string, string>> Records { get; }

    internal List<Dictionary<string, string>> Lots { get; }

    /// <summary>The registry by either number; building it fails when one is there twice.</summary>
    internal Dictionary<string, Dictionary<string, string>> ByNumber { get; }

    public void Dispose() => directory.Delete(recursive: true);

    List<Dictionary<string, string>> Read(string file)
    {
        var rows = File.ReadLines(Path.Combine(directory.FullName, file)).Select(Cells);
        var header = rows.First();
        return [.. rows.Skip(1)
            .Select(cells => header.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    static string[] Cells(string line) => [.. Cell.Matches(line).Select(match => match.Groups["quoted"].Success
        ? match.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)
        : match.Groups["bare"].Value)];
}

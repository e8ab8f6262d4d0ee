using System.Globalization;

namespace Issuer.Core.Progress;

/// <summary>A whole number for each measure, zero where none is named.</summary>
public sealed class Counts(IReadOnlyDictionary<Measure, long> values) : IEquatable<Counts>
{
    public static Counts None { get; } = new(new Dictionary<Measure, long>());

    public long this[Measure measure] => values.GetValueOrDefault(measure);

    /// <summary>As it is stored: <c>records_entered=5 records_valid=4</c>, without zeros.</summary>
    public override string ToString() => string.Join(
        ' ', Measures.All.Where(m => this[m] != 0)
            .Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name()}={this[m]}")));

    /// <summary>What is no longer measured is passed over.</summary>
    public static Counts Parse(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .Where(pair => Measures.Read(pair[0]) is not null)
        .ToDictionary(
            pair => Measures.Read(pair[0])!.Value, pair => long.Parse(pair[1], CultureInfo.InvariantCulture)));

    public static Counts Sum(IEnumerable<Counts> all)
    {
        var sum = new Dictionary<Measure, long>();
        foreach (var counts in all)
        {
            foreach (var measure in Measures.All.Where(m => counts[m] != 0))
            {
                sum[measure] = sum.GetValueOrDefault(measure) + counts[measure];
            }
        }
        return new Counts(sum);
    }

    public bool Equals(Counts? other) => other is not null && Measures.All.All(m => this[m] == other[m]);

    public override bool Equals(object? obj) => Equals(obj as Counts);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}

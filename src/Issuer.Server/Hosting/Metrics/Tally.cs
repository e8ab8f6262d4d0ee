using System.Diagnostics.Metrics;

namespace Issuer.Server.Hosting.Metrics;

/// <summary>
/// What has been counted since the process began, by one label. It is kept here and observed: what a
/// <see cref="Counter{T}"/> counts before somebody listens is lost.
/// </summary>
/// <param name="label">Its name; null: there is none, and one value.</param>
/// <param name="values">All the values it can have, each shown from zero on.</param>
sealed class Tally(string? label, params IReadOnlyList<string> values)
{
    readonly long[] counts = new long[values.Count];

    public void Add(int value, long count) => Interlocked.Add(ref counts[value], count);

    public IEnumerable<Measurement<long>> Observe() => counts.Select((_, i) => new Measurement<long>(
        Interlocked.Read(ref counts[i]), label is null ? [] : [new(label, values[i])]));
}

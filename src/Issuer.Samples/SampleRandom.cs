namespace Issuer.Samples;

/// <summary>What a stream of random numbers is for, so that two uses of one index never see the same numbers.</summary>
enum SampleStream
{
    People,
    Records,
    Facilities,
    Lots,
    Deliveries,
    Orders,
    Cleaning,
    Arrivals,
    Registry,
    Lifetime,
}

/// <summary>
/// SplitMix64, seeded by (seed, stream, index): what person 7 gets doesn't depend on persons 1 to 6, and stays the same
/// on every machine and .NET version. For made-up data only; nothing here is secret.
/// </summary>
sealed class SampleRandom(int seed, SampleStream stream, long index)
{
    ulong state = Mix(Mix(unchecked((ulong)seed)) ^ Mix(((ulong)stream << 56) + (ulong)index + 1));

    /// <summary>From 0 to one below <paramref name="bound"/>.</summary>
    public int Next(int bound) => (int)Math.BigMul(NextBits(), (ulong)bound, out _);

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + Next(most - least + 1);

    public bool Chance(double probability) => (NextBits() >> 11) * (1.0 / (1UL << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public T PickWeighted<T>(IReadOnlyList<T> items, Func<T, int> weight)
    {
        var left = Next(items.Sum(weight));
        return items.First(item => (left -= weight(item)) < 0);
    }

    ulong NextBits() => Mix(state = unchecked(state + 0x9E3779B97F4A7C15));

    static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}

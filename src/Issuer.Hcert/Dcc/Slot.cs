namespace Issuer.Hcert;

/// <summary>
/// The number inside one of our UVCIs, unique to each certificate for ever: 35 bits. Compact revocation lists are
/// keyed on it.
/// </summary>
public readonly record struct Slot
{
    /// <summary>How many slots there are: 2^35.</summary>
    public const long Count = 1L << 35;

    /// <summary>A shard is 2^20 consecutive slots.</summary>
    public const int ShardBits = 20;

    /// <summary>How many slots a shard has.</summary>
    public const long PerShard = 1L << ShardBits;

    /// <summary>Takes 0 to <see cref="Count"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public Slot(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, Count);
        Value = value;
    }

    /// <summary>The number.</summary>
    public long Value { get; }
}

namespace Issuer.Core.Gateway;

/// <summary>When what a gateway gives is taken for damage and the good set stays.</summary>
public sealed record GatewayPolicy
{
    public static GatewayPolicy Default { get; } = new();

    /// <summary>So large a share of the DSCs, or of the batches, may leave at once; one always may.</summary>
    public double MostLost { get; init; } = 0.2;

    /// <summary>What the first look for batches asks for: everything (dgc-gateway's own example).</summary>
    public DateTimeOffset Beginning { get; init; } = new(2021, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public bool IsTooMany(int lost, int standing) => lost > Math.Max(1, standing * MostLost);
}

namespace Issuer.Verification.Revocation;

/// <summary>The two ways in which the hashes of a slice are coded.</summary>
public enum SliceKind
{
    Bloom,
    Prefix,
}

/// <summary>What the distribution service calls things (eu-dcc.md 2.4).</summary>
public static class DistributionNames
{
    const string Bloom = "BLOOMFILTER";
    const string Prefix = "VARHASHLIST";

    public static string ToWire(this SliceKind kind) => kind == SliceKind.Bloom ? Bloom : Prefix;

    /// <summary>Null: there is no such kind.</summary>
    public static SliceKind? KindOf(string name) => name switch
    {
        Bloom => SliceKind.Bloom,
        Prefix => SliceKind.Prefix,
        _ => null,
    };

    public static string ToWire(this DistributionMode mode) => mode.ToString().ToUpperInvariant();

    /// <summary>Null: there is no such mode.</summary>
    public static DistributionMode? ModeOf(string name) =>
        Enum.GetValues<DistributionMode>().Cast<DistributionMode?>().FirstOrDefault(mode => mode?.ToWire() == name);
}

namespace Issuer.Hcert;

/// <summary>How large a QR code a text needs (ISO/IEC 18004:2015 table 7; alphanumeric, error correction Q).</summary>
public static class QrCode
{
    /// <summary>Largest version this issuer prints: beyond it, cameras fail on paper of 35–60 mm.</summary>
    public const int LargestVersion = 25;

    // Characters that fit versions 1 to 40.
    static readonly int[] Capacities =
    [
        16, 29, 47, 67, 87, 108, 125, 157, 189, 221, 259, 296, 352, 376, 426, 470, 531, 574, 644, 702,
        742, 823, 890, 963, 1041, 1094, 1172, 1263, 1322, 1429, 1499, 1618, 1700, 1787, 1867, 1966, 2071, 2181, 2298,
        2420,
    ];

    /// <summary>The version (1 to 40) for a text of so many characters; null when none is large enough.</summary>
    public static int? VersionFor(int characters)
    {
        var index = Array.FindIndex(Capacities, capacity => capacity >= characters);
        return index < 0 ? null : index + 1;
    }
}

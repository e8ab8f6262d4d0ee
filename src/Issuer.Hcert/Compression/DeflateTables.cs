namespace Issuer.Hcert;

/// <summary>The numbers of DEFLATE (RFC 1951 sections 3.2.5 and 3.2.6).</summary>
static class DeflateTables
{
    public const int EndOfBlock = 256;
    public const int MinMatch = 3;
    public const int MaxMatch = 258;
    public const int FirstLengthSymbol = 257;

    /// <summary>Smallest match length of the symbols from 257 on.</summary>
    public static ReadOnlySpan<ushort> LengthBases =>
    [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ];

    /// <summary>Extra bits of the same symbols.</summary>
    public static ReadOnlySpan<byte> LengthExtraBits =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    /// <summary>Smallest distance of each distance symbol.</summary>
    public static ReadOnlySpan<ushort> DistanceBases =>
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577,
    ];

    /// <summary>Extra bits of each distance symbol.</summary>
    public static ReadOnlySpan<byte> DistanceExtraBits =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    /// <summary>Bits of a literal or length symbol in a block of fixed codes.</summary>
    public static byte FixedBits(int symbol) => symbol switch
    {
        < 144 => 8,
        < 256 => 9,
        < 280 => 7,
        _ => 8,
    };

    /// <summary>Its code, most significant bit first.</summary>
    public static int FixedCode(int symbol) => symbol switch
    {
        < 144 => 0x30 + symbol,
        < 256 => 0x190 + symbol - 144,
        < 280 => symbol - 256,
        _ => 0xC0 + symbol - 280,
    };
}

using System.Diagnostics.CodeAnalysis;

namespace Issuer.Hcert;

/// <summary>
/// Base45 (RFC 9285): two bytes to three characters of the QR alphanumeric set, least significant first; a last single
/// byte to two. Refused when read: other characters (lower case too), a length of 1 mod 3, values that do not fit.
/// </summary>
public static class Base45
{
    const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    /// <summary>
    /// Larger than any value that fits, so that a group with such a character in it is refused by its value.
    /// </summary>
    const int NotADigit = ushort.MaxValue + 1;

    static readonly int[] Digits = ReadAlphabet();

    /// <summary>Length of the text for a number of bytes.</summary>
    public static int EncodedLength(int byteCount) => (byteCount / 2 * 3) + (byteCount % 2 * 2);

    /// <summary>The text of the bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) =>
        string.Create(EncodedLength(bytes.Length), bytes, (text, source) => Encode(source, text));

    /// <summary>Writes the text of the bytes.</summary>
    /// <param name="bytes">What to write.</param>
    /// <param name="destination">Exactly <see cref="EncodedLength"/> characters.</param>
    public static void Encode(ReadOnlySpan<byte> bytes, Span<char> destination)
    {
        var at = 0;
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            var value = (uint)((bytes[i] << 8) | bytes[i + 1]);
            var rest = value / 45;
            destination[at + 2] = Alphabet[(int)(rest / 45)];
            destination[at + 1] = Alphabet[(int)(rest % 45)];
            destination[at] = Alphabet[(int)(value % 45)];
            at += 3;
        }
        if (bytes.Length % 2 == 1)
        {
            destination[at + 1] = Alphabet[bytes[^1] / 45];
            destination[at] = Alphabet[bytes[^1] % 45];
        }
    }

    /// <summary>Reads text strictly; false when it is not Base45.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 3 == 1)
        {
            return false;
        }
        var result = new byte[(text.Length / 3 * 2) + (text.Length % 3 / 2)];
        var to = 0;
        for (; text.Length >= 3; text = text[3..])
        {
            var value = Digit(text[0]) + (Digit(text[1]) * 45) + (Digit(text[2]) * (45 * 45));
            if (value > ushort.MaxValue)
            {
                return false;
            }
            result[to++] = (byte)(value >> 8);
            result[to++] = (byte)(value & 255);
        }
        if (text.Length == 2)
        {
            var value = Digit(text[0]) + (Digit(text[1]) * 45);
            if (value > byte.MaxValue)
            {
                return false;
            }
            result[to] = (byte)value;
        }
        bytes = result;
        return true;
    }

    static int Digit(char character) => character < Digits.Length ? Digits[character] : NotADigit;

    static int[] ReadAlphabet()
    {
        var digits = new int[128];
        Array.Fill(digits, NotADigit);
        for (var i = 0; i < Alphabet.Length; i++)
        {
            digits[Alphabet[i]] = i;
        }
        return digits;
    }
}

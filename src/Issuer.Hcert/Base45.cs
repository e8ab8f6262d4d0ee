using System.Diagnostics.CodeAnalysis;

namespace Issuer.Hcert;

/// <summary>
/// Base45 (RFC 9285): two bytes to three characters of the QR alphanumeric set, least significant first; a last single
/// byte to two. Refused when read: other characters (lower case too), a length of 1 mod 3, values that do not fit.
/// </summary>
public static class Base45
{
    const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    const byte NotInAlphabet = 255;

    static readonly byte[] Digits = ReadAlphabet();

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
        for (int from = 0, to = 0; from < text.Length; from += 3, to += 2)
        {
            var group = text.Slice(from, Math.Min(3, text.Length - from));
            if (!TryValue(group, out var value) || value > (group.Length == 3 ? ushort.MaxValue : byte.MaxValue))
            {
                return false;
            }
            if (group.Length == 3)
            {
                result[to] = (byte)(value >> 8);
                result[to + 1] = (byte)(value & 255);
            }
            else
            {
                result[to] = (byte)value;
            }
        }
        bytes = result;
        return true;
    }

    static bool TryValue(ReadOnlySpan<char> group, out int value)
    {
        value = 0;
        for (var i = group.Length - 1; i >= 0; i--)
        {
            var digit = group[i] < Digits.Length ? Digits[group[i]] : NotInAlphabet;
            if (digit == NotInAlphabet)
            {
                return false;
            }
            value = (value * 45) + digit;
        }
        return true;
    }

    static byte[] ReadAlphabet()
    {
        var digits = new byte[128];
        Array.Fill(digits, NotInAlphabet);
        for (var i = 0; i < Alphabet.Length; i++)
        {
            digits[Alphabet[i]] = (byte)i;
        }
        return digits;
    }
}

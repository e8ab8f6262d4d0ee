namespace Issuer.Hcert;

/// <summary>Crockford's base 32 (no I, L, O, U), five bits a character, most significant first.</summary>
public static class Crockford32
{
    const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Fills the destination from the low bits of a number, five a character.</summary>
    public static void Write(UInt128 value, Span<char> destination)
    {
        for (var i = destination.Length - 1; i >= 0; i--)
        {
            destination[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }
    }

    /// <summary>Reads at most 25 characters. Strict: upper case only and none of Crockford's look-alikes.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = 0;
        foreach (var character in text)
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }
            value = (value << 5) | (uint)digit;
        }
        return true;
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Issuer.Hcert;

/// <summary>
/// A unique certificate identifier in this issuer's form (eu-dcc-schema, FAQ "UVCI", option 2: opaque only):
/// <c>URN:UVCI:01:</c> country <c>:</c> 7 characters of <see cref="Hcert.Slot"/> and 20 of chance (100 bits), both
/// Crockford base 32, then <c>#</c> and a check character. 45 characters in all; the schema allows 80.
/// Identifiers of other issuers are plain text: their forms differ, and their check characters are often wrong.
/// </summary>
public readonly record struct Uvci
{
    /// <summary>Bytes of randomness handed to <see cref="Mint"/>; the top four bits of the first are ignored.</summary>
    public const int RandomLength = 13;

    const string Prefix = "URN:UVCI:01:";
    const string CheckAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:";
    const int OpaqueStart = 15;
    const int SlotCharacters = 7;
    const int RandomCharacters = 20;
    const int Length = OpaqueStart + SlotCharacters + RandomCharacters + 2;

    readonly string? text;

    Uvci(string text, Slot slot)
    {
        this.text = text;
        Slot = slot;
    }

    /// <summary>The slot inside.</summary>
    public Slot Slot { get; }

    /// <summary>Makes the identifier of a slot.</summary>
    /// <param name="slot">Never used before: uniqueness is the caller's duty.</param>
    /// <param name="random"><see cref="RandomLength"/> bytes from a cryptographic source.</param>
    /// <param name="country">ISO 3166-1 alpha-2, upper case.</param>
    /// <exception cref="ArgumentException">Wrong length of randomness, or no such form of country.</exception>
    public static Uvci Mint(Slot slot, ReadOnlySpan<byte> random, string country = "VN")
    {
        if (random.Length != RandomLength)
        {
            throw new ArgumentException($"{RandomLength} bytes are needed, not {random.Length}.", nameof(random));
        }
        if (!IsCountry(country))
        {
            throw new ArgumentException("A country is two capital letters.", nameof(country));
        }
        Span<byte> wide = stackalloc byte[16];
        random.CopyTo(wide[(16 - RandomLength)..]);
        Span<char> opaque = stackalloc char[SlotCharacters + RandomCharacters];
        Crockford32.Write((UInt128)slot.Value, opaque[..SlotCharacters]);
        Crockford32.Write(BinaryPrimitives.ReadUInt128BigEndian(wide), opaque[SlotCharacters..]);
        var body = string.Concat(Prefix, country, ":", opaque);
        return new Uvci($"{body}#{CheckCharacter(body)}", slot);
    }

    /// <summary>Reads this issuer's form only, check character included; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Uvci uvci)
    {
        uvci = default;
        if (text is not { Length: Length } || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !IsCountry(text.AsSpan(Prefix.Length, 2)) || text[OpaqueStart - 1] != ':' || text[^2] != '#'
            || !Crockford32.TryRead(text.AsSpan(OpaqueStart, SlotCharacters), out var slot)
            || !Crockford32.TryRead(text.AsSpan(OpaqueStart + SlotCharacters, RandomCharacters), out _)
            || CheckCharacter(text.AsSpan(0, Length - 2)) != text[^1])
        {
            return false;
        }
        uvci = new Uvci(text, new Slot((long)slot));
        return true;
    }

    /// <summary>
    /// Luhn mod 38 over everything before the <c>#</c>, prefix included (eu-dcc-schema, examples/Luhn-Mod-N).
    /// Meant for people who type identifiers; never enforced on those of others.
    /// </summary>
    /// <exception cref="ArgumentException">A character outside A–Z, 0–9, <c>/</c> and <c>:</c>.</exception>
    public static char CheckCharacter(ReadOnlySpan<char> text)
    {
        var modulus = CheckAlphabet.Length;
        var (sum, factor) = (0, 2);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            var code = text[i] switch
            {
                >= 'A' and <= 'Z' => text[i] - 'A',
                >= '0' and <= '9' => text[i] - '0' + 26,
                '/' => 36,
                ':' => 37,
                _ => throw new ArgumentException("Only A–Z, 0–9, / and : have a check character.", nameof(text)),
            };
            var addend = factor * code;
            sum += (addend / modulus) + (addend % modulus);
            factor = 3 - factor;
        }
        return CheckAlphabet[(modulus - (sum % modulus)) % modulus];
    }

    /// <summary>The whole identifier, as it stands in <c>ci</c>; empty for the default value.</summary>
    public override string ToString() => text ?? "";

    static bool IsCountry(ReadOnlySpan<char> text) =>
        text.Length == 2 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]);
}

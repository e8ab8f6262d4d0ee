namespace Issuer.Hcert;

/// <summary>The layer at which a code stopped being readable, from the outside in (hcert_spec.md 4).</summary>
public enum DecodeLayer
{
    /// <summary>Does not begin with <c>HC1:</c>, or is longer than any code.</summary>
    Prefix,

    /// <summary>Not Base45 (RFC 9285).</summary>
    Base45,

    /// <summary>Not zlib (RFC 1950), or larger than any certificate when inflated.</summary>
    Compression,

    /// <summary>Not a COSE_Sign1 with a known algorithm (RFC 9052).</summary>
    Cose,

    /// <summary>The payload is not a claims set with an EU DCC (RFC 8392).</summary>
    Cwt,

    /// <summary>The DCC is not one that can be understood.</summary>
    Schema,
}

/// <summary>Why a code cannot be read.</summary>
/// <param name="Layer">Where.</param>
/// <param name="Text">What is wrong there, in English, without personal data.</param>
public sealed record DecodeFault(DecodeLayer Layer, string Text);

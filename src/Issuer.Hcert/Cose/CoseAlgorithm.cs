namespace Issuer.Hcert;

/// <summary>The two signature algorithms of the specification, by their COSE numbers (hcert_spec.md 3.3.2).</summary>
public enum CoseAlgorithm
{
    /// <summary>ECDSA on P-256 with SHA-256; the signature is r‖s, 64 bytes.</summary>
    ES256 = -7,

    /// <summary>RSASSA-PSS with SHA-256, MGF1-SHA-256 and 32 bytes of salt; as long as the modulus.</summary>
    PS256 = -37,
}

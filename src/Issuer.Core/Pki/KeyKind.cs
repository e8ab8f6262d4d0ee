namespace Issuer.Core.Pki;

/// <summary>The keys we make. A CSCA takes P-256 or at least RSA-3072 (certificate-governance.md 4.1).</summary>
public enum KeyKind
{
    P256,
    Rsa2048,
    Rsa3072,
}

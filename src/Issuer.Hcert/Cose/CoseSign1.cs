using System.Formats.Cbor;

namespace Issuer.Hcert;

/// <summary>
/// The signature envelope (RFC 9052 section 4.2; hcert_spec.md 3.2), written: algorithm and kid in the protected
/// header, nothing in the unprotected one, tag 18.
/// </summary>
public static class CoseSign1
{
    /// <summary>Length of an ES256 signature, r‖s, in bytes.</summary>
    public const int Es256SignatureLength = 64;

    internal const string SignatureContext = "Signature1";
    internal const int AlgorithmHeader = 1;
    internal const int KidHeader = 4;
    internal const int Tag = 18;
    internal const int CwtTag = 61;

    /// <summary>
    /// The exact bytes to be signed: the Sig_structure of RFC 9052 section 4.4, without external data.
    /// Together with the signature they are the whole certificate, so they are what is kept.
    /// </summary>
    /// <param name="algorithm">The algorithm of the DSC's key.</param>
    /// <param name="kid">The DSC's.</param>
    /// <param name="payload">The claims, as <see cref="CwtWriter"/> writes them.</param>
    public static byte[] ToBeSigned(CoseAlgorithm algorithm, Kid kid, ReadOnlySpan<byte> payload)
    {
        var header = new CborWriter(CborConformanceMode.Strict, initialCapacity: 16);
        header.WriteStartMap(2);
        header.WriteInt32(AlgorithmHeader);
        header.WriteInt32((int)algorithm);
        header.WriteInt32(KidHeader);
        header.WriteByteString(kid.ToBytes());
        header.WriteEndMap();
        return SignatureStructure(header.Encode(), payload);
    }

    /// <summary>
    /// The certificate: a tagged COSE_Sign1 around what was signed. Header and payload are cut out of the
    /// Sig_structure as they stand; nothing is encoded again.
    /// </summary>
    /// <exception cref="ArgumentException">Not made by <see cref="ToBeSigned"/>.</exception>
    public static byte[] Assemble(ReadOnlySpan<byte> toBeSigned, ReadOnlySpan<byte> signature)
    {
        var start = 2 + SignatureContext.Length;
        var header = ByteString(toBeSigned, start);
        var empty = ByteString(toBeSigned, start + header.Length);
        var payload = ByteString(toBeSigned, start + header.Length + empty.Length);
        if (empty.Length != 1 || start + header.Length + 1 + payload.Length != toBeSigned.Length)
        {
            throw NotToBeSigned();
        }
        var cose = new CborWriter(CborConformanceMode.Strict, initialCapacity: toBeSigned.Length + signature.Length);
        cose.WriteTag((CborTag)Tag);
        cose.WriteStartArray(4);
        cose.WriteEncodedValue(header);
        cose.WriteStartMap(0);
        cose.WriteEndMap();
        cose.WriteEncodedValue(payload);
        cose.WriteByteString(signature);
        cose.WriteEndArray();
        return cose.Encode();
    }

    /// <summary>The Sig_structure over a protected header as it stood, whoever wrote it.</summary>
    internal static byte[] SignatureStructure(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload)
    {
        var cbor = new CborWriter(CborConformanceMode.Strict, initialCapacity: payload.Length + 64);
        cbor.WriteStartArray(4);
        cbor.WriteTextString(SignatureContext);
        cbor.WriteByteString(protectedHeader);
        cbor.WriteByteString([]);
        cbor.WriteByteString(payload);
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    // One definite byte string with its head, from a place on.
    static ReadOnlySpan<byte> ByteString(ReadOnlySpan<byte> bytes, int start)
    {
        var rest = start < bytes.Length ? bytes[start..] : throw NotToBeSigned();
        var (head, length) = rest[0] switch
        {
            >= 0x40 and <= 0x57 => (1, rest[0] - 0x40),
            0x58 when rest.Length > 1 => (2, rest[1]),
            0x59 when rest.Length > 2 => (3, (rest[1] << 8) | rest[2]),
            _ => throw NotToBeSigned(),
        };
        return head + length <= rest.Length ? rest[..(head + length)] : throw NotToBeSigned();
    }

    static ArgumentException NotToBeSigned() => new("Not a Sig_structure made here.");
}

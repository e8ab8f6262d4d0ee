using System.Diagnostics.CodeAnalysis;

namespace Issuer.Hcert;

/// <summary>
/// A foreign COSE_Sign1, taken apart (RFC 9052 section 4.2). Accepted: tag 18, the CWT tag 61 around it, or none.
/// The algorithm counts only from the protected header; the kid from either, the protected one wins.
/// </summary>
sealed record CoseSign1Message(
    CborItem.Map Protected, CborItem.Map Unprotected, byte[] Payload, byte[] Signature, byte[] ToBeSigned)
{
    /// <summary>The kid of 8 bytes; null when there is none of that form.</summary>
    public Kid? Kid => FindKid(Protected) ?? FindKid(Unprotected);

    /// <summary>The algorithm of the protected header; null when it is none of the specification's two.</summary>
    public CoseAlgorithm? Algorithm =>
        Protected.TryGet(CoseSign1.AlgorithmHeader, out var item) && item is CborItem.Whole number
            ? number.Value switch
            {
                (long)CoseAlgorithm.ES256 => CoseAlgorithm.ES256,
                (long)CoseAlgorithm.PS256 => CoseAlgorithm.PS256,
                _ => null,
            }
            : null;

    /// <summary>Reads the outer structure. Never throws.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> cose,
        [NotNullWhen(true)] out CoseSign1Message? message,
        [NotNullWhen(false)] out string? fault)
    {
        message = null;
        if (!CborTree.TryRead(cose, out var item, out fault))
        {
            return false;
        }
        if (WithoutTags(item) is not CborItem.List { Items: [var header, var open, var payload, var signature] }
            || header is not CborItem.Bytes { Value: var protectedBytes } || open is not CborItem.Map unprotectedMap
            || payload is not CborItem.Bytes { Value: var payloadBytes }
            || signature is not CborItem.Bytes { Value: var signatureBytes })
        {
            fault = "not a COSE_Sign1 of four parts";
            return false;
        }
        CborItem? inner = new CborItem.Map([]);
        if ((protectedBytes.Length > 0 && !CborTree.TryRead(protectedBytes, out inner, out fault))
            || inner is not CborItem.Map protectedMap)
        {
            fault ??= "the protected header is not a map";
            return false;
        }
        // RFC 9052 section 3.1: a critical header that is not understood makes the message unreadable.
        if (protectedMap.TryGet(2, out _))
        {
            fault = "a critical header is not understood";
            return false;
        }
        var toBeSigned = CoseSign1.SignatureStructure(protectedBytes, payloadBytes);
        message = new(protectedMap, unprotectedMap, payloadBytes, signatureBytes, toBeSigned);
        return true;
    }

    static CborItem WithoutTags(CborItem item)
    {
        if (item is CborItem.Tagged { Tag: CoseSign1.CwtTag } cwt)
        {
            item = cwt.Content;
        }
        return item is CborItem.Tagged { Tag: CoseSign1.Tag } sign1 ? sign1.Content : item;
    }

    static Kid? FindKid(CborItem.Map headers) =>
        headers.TryGet(CoseSign1.KidHeader, out var item)
            && item is CborItem.Bytes { Value: { Length: Hcert.Kid.Length } kid }
            ? new Kid(kid)
            : null;
}

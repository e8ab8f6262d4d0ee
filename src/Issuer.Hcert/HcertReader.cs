using System.Diagnostics.CodeAnalysis;

namespace Issuer.Hcert;

/// <summary>
/// The tolerant reader of everybody's codes: text, zlib, COSE_Sign1, claims, DCC. It checks no signature.
/// Bounds and refusals are those of the layers: <see cref="Hc1"/>, <see cref="CborTree"/>,
/// <see cref="CoseSign1Message"/>, <see cref="DccReader"/>.
/// </summary>
public static class HcertReader
{
    /// <summary>Reads a code. Never throws, whatever the text.</summary>
    public static bool TryRead(
        string hc1, [NotNullWhen(true)] out DecodedHcert? hcert, [NotNullWhen(false)] out DecodeFault? fault)
    {
        var layers = HcertLayers.Read(hc1);
        (hcert, fault) = (layers.Hcert, layers.Fault);
        return hcert is not null;
    }

    /// <summary>Reads a COSE_Sign1 that has already been unpacked. Never throws, whatever the bytes.</summary>
    public static bool TryReadCose(
        ReadOnlyMemory<byte> cose,
        [NotNullWhen(true)] out DecodedHcert? hcert,
        [NotNullWhen(false)] out DecodeFault? fault)
    {
        var layers = HcertLayers.ReadCose(cose);
        (hcert, fault) = (layers.Hcert, layers.Fault);
        return hcert is not null;
    }
}

namespace Issuer.Hcert;

/// <summary>What an issuer asks of its own finished code before anybody else sees it.</summary>
public static class HcertSelfCheck
{
    /// <summary>
    /// All faults of a code, given the bytes that were linted and stored before they were signed; empty when none. The
    /// code is unpacked as a verifier would; what comes out must be those bytes, so all that the lint found of them
    /// holds.
    /// </summary>
    /// <param name="hc1">The finished text.</param>
    /// <param name="toBeSigned">The Sig_structure that <see cref="HcertLint"/> passed.</param>
    /// <param name="dsc">The DSC whose key has signed.</param>
    public static IReadOnlyList<string> Faults(string hc1, ReadOnlySpan<byte> toBeSigned, Dsc dsc)
    {
        if (!Hc1.TryDecode(hc1, out var cose, out var fault))
        {
            return [$"{fault.Layer}: {fault.Text}"];
        }
        if (!CoseSign1Message.TryRead(cose, out var message, out var why))
        {
            return [$"{DecodeLayer.Cose}: {why}"];
        }
        var faults = new List<string>();
        if (!message.ToBeSigned.AsSpan().SequenceEqual(toBeSigned))
        {
            faults.Add("content: not the bytes that were stored");
        }
        if (!dsc.Verify(toBeSigned, message.Signature))
        {
            faults.Add("signature: does not verify");
        }
        if (QrCode.VersionFor(hc1.Length) is not <= QrCode.LargestVersion)
        {
            faults.Add($"QR code: larger than version {QrCode.LargestVersion}");
        }
        return faults;
    }
}

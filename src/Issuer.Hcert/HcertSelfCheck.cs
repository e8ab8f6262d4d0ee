namespace Issuer.Hcert;

/// <summary>What an issuer asks of its own finished code before anybody else sees it.</summary>
public static class HcertSelfCheck
{
    /// <summary>All faults of a code, given what it is meant to say and who has signed it; empty when none.</summary>
    /// <param name="hc1">The finished text.</param>
    /// <param name="intended">The claims it was made from.</param>
    /// <param name="dsc">The DSC whose key has signed.</param>
    public static IReadOnlyList<string> Faults(string hc1, Cwt intended, Dsc dsc)
    {
        if (!HcertReader.TryRead(hc1, out var hcert, out var fault))
        {
            return [$"{fault.Layer}: {fault.Text}"];
        }
        var faults = HcertLint.Faults(hcert, intended, dsc);
        if (!dsc.Verify(hcert.ToBeSigned.Span, hcert.Signature.Span))
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

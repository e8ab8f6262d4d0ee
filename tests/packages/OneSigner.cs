using Issuer.Hcert;

/// <summary>Is a certificate good, if you trust one document signer?</summary>
static class OneSigner
{
    /// <param name="hc1">The text of the QR code: HC1:…</param>
    /// <param name="dscDer">The document signer certificate, from a source that you trust.</param>
    /// <param name="at">Now, or another moment that you ask about.</param>
    public static string Check(string hc1, byte[] dscDer, DateTimeOffset at)
    {
        if (!Dsc.TryParse(dscDer, out var dsc, out var why))
        {
            throw new ArgumentException(why, nameof(dscDer));
        }
        var (verdict, detail, hcert) = HcertVerifier.Verify(hc1, dsc, at);
        return verdict == Verdict.Valid
            ? $"valid: {hcert!.Dcc.Name.StandardisedFamilyName}, born {hcert.Dcc.DateOfBirth}"
            : $"{verdict.ToWire()}: {detail}";
    }
}

using Issuer.Hcert;
using Issuer.Verification;

/// <summary>A border system without a network: one file that the anchor signed, and a verdict on each QR code.</summary>
sealed class BorderCheck
{
    readonly VerificationLists lists;

    /// <param name="bundle">bundle.bin, from anywhere.</param>
    /// <param name="anchor">anchor.pem, from a source that you trust, and not from where the bundle is.</param>
    /// <param name="now">Your clock.</param>
    /// <param name="newestSeen">The sequence of the bundle before this one, so that nobody gives you an older one.</param>
    public BorderCheck(byte[] bundle, byte[] anchor, DateTimeOffset now, long? newestSeen)
    {
        var (lists, refusal) = VerificationLists.OfBundle(bundle, anchor, now, newestSeen);
        this.lists = lists ?? throw new InvalidDataException(refusal);
    }

    /// <summary>Keep it for the next bundle.</summary>
    public long Sequence => lists.Manifest!.Sequence;

    public string Check(string hc1, DateTimeOffset now)
    {
        var (verdict, detail, _) = lists.Verify(hc1, now);
        var warnings = lists.WarningsAt(now);
        return string.Join("; ", [$"{verdict.ToWire()}: {detail}", .. warnings]);
    }
}

namespace Issuer.Verification.TrustLists;

/// <summary>A list in one file, without a signed statement beside it.</summary>
public static class ReadTrustFile
{
    /// <summary>An array of items, each signed by the anchor, or a DID document.</summary>
    public static TrustListReading From(byte[] bytes, byte[] anchor) =>
        IsObject(bytes) ? ReadDidTrustList.From(bytes, anchor) : ReadTrustList.From(bytes, anchor);

    static bool IsObject(ReadOnlySpan<byte> json) =>
        (json is [0xEF, 0xBB, 0xBF, ..] ? json[3..] : json).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
}

namespace Issuer.Server.Hosting;

/// <summary>
/// The mark that Windows programs begin UTF-8 with. It says nothing, and is passed over wherever text is read.
/// </summary>
static class ByteOrderMark
{
    static ReadOnlySpan<byte> Utf8 => "\uFEFF"u8;

    public static byte[] Without(byte[] text) => text.AsSpan().StartsWith(Utf8) ? text[Utf8.Length..] : text;
}

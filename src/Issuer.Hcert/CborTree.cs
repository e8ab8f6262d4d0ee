using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Issuer.Hcert;

/// <summary>
/// Reads foreign CBOR (RFC 8949) into a tree. Refused: more than 16 levels, keys twice, bytes after the end, integers
/// beyond 64 bits (bignums stay tagged bytes, which nobody takes for a number), invalid UTF-8, wrong lengths.
/// Accepted: indefinite lengths, integers and lengths longer than needed.
/// </summary>
static class CborTree
{
    /// <summary>Deepest nesting accepted, tags counted.</summary>
    public const int MaxDepth = 16;

    /// <summary>Reads exactly one item. Never throws; why not is said without quoting the data.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CborItem? item, [NotNullWhen(false)] out string? fault)
    {
        (item, fault) = (null, null);
        try
        {
            var reader = new CborReader(bytes, CborConformanceMode.Strict);
            var read = ReadItem(reader, MaxDepth);
            if (reader.BytesRemaining > 0)
            {
                fault = $"{reader.BytesRemaining} bytes follow the CBOR item";
                return false;
            }
            item = read;
            return true;
        }
        // System.Formats.Cbor has no reader that only returns: these are all that foreign bytes make it throw.
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException
            or OverflowException or FormatException or ArgumentException)
        {
            fault = exception is OverflowException ? "a CBOR number is too large" : "not well-formed CBOR";
            return false;
        }
    }

    static CborItem ReadItem(CborReader reader, int depth)
    {
        if (depth == 0)
        {
            throw new CborContentException("Nested too deeply.");
        }
        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                return new CborItem.Whole(reader.ReadInt64());
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                return new CborItem.Text(reader.ReadTextString());
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                return new CborItem.Bytes(reader.ReadByteString());
            case CborReaderState.StartArray:
                return ReadList(reader, depth);
            case CborReaderState.StartMap:
                return ReadMap(reader, depth);
            case CborReaderState.Tag:
                return new CborItem.Tagged((ulong)reader.ReadTag(), ReadItem(reader, depth - 1));
            case CborReaderState.Boolean:
                return new CborItem.Bool(reader.ReadBoolean());
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat
                or CborReaderState.DoublePrecisionFloat:
                return new CborItem.Real(reader.ReadDouble());
            default:
                reader.ReadSimpleValue();
                return new CborItem.Null();
        }
    }

    static CborItem.List ReadList(CborReader reader, int depth)
    {
        var items = ImmutableArray.CreateBuilder<CborItem>();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            items.Add(ReadItem(reader, depth - 1));
        }
        reader.ReadEndArray();
        return new CborItem.List(items.DrainToImmutable());
    }

    // The reader's own check compares encoded keys and would let 1 and a longer encoding of 1 pass as two keys.
    static CborItem.Map ReadMap(CborReader reader, int depth)
    {
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<CborItem, CborItem>>();
        var keys = new HashSet<CborItem>();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            var key = ReadItem(reader, depth - 1);
            if (key is not (CborItem.Text or CborItem.Whole) || !keys.Add(key))
            {
                throw new CborContentException("A key that is twice there, or neither text nor integer.");
            }
            pairs.Add(new(key, ReadItem(reader, depth - 1)));
        }
        reader.ReadEndMap();
        return new CborItem.Map(pairs.DrainToImmutable());
    }
}

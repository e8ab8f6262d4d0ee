using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Issuer.Hcert;

/// <summary>
/// A piece of foreign data, read from CBOR (RFC 8949) or JSON within bounds, before anything is expected of it.
/// </summary>
abstract record CborItem
{
    /// <summary>null, undefined and other simple values.</summary>
    public sealed record Null : CborItem;

    /// <summary>true or false.</summary>
    public sealed record Bool(bool Value) : CborItem;

    /// <summary>An integer of 64 bits; larger ones are refused when read.</summary>
    public sealed record Whole(long Value) : CborItem;

    /// <summary>A float of any width.</summary>
    public sealed record Real(double Value) : CborItem;

    /// <summary>Text, as it stands.</summary>
    public sealed record Text(string Value) : CborItem;

    /// <summary>Bytes; chunks joined.</summary>
    public sealed record Bytes(byte[] Value) : CborItem;

    /// <summary>A tag and what it is on.</summary>
    public sealed record Tagged(ulong Tag, CborItem Content) : CborItem;

    /// <summary>An array.</summary>
    public sealed record List(ImmutableArray<CborItem> Items) : CborItem;

    /// <summary>A map in its order; no key twice.</summary>
    public sealed record Map(ImmutableArray<KeyValuePair<CborItem, CborItem>> Pairs) : CborItem
    {
        /// <summary>The value of a text key, null or not; tags are taken off it.</summary>
        public bool TryGet(string key, [NotNullWhen(true)] out CborItem? value)
        {
            foreach (var pair in Pairs)
            {
                if (pair.Key is Text text && text.Value == key)
                {
                    value = pair.Value.Untagged;
                    return true;
                }
            }
            value = null;
            return false;
        }

        /// <summary>The value of an integer key, null or not; tags are taken off it.</summary>
        public bool TryGet(long key, [NotNullWhen(true)] out CborItem? value)
        {
            foreach (var pair in Pairs)
            {
                if (pair.Key is Whole whole && whole.Value == key)
                {
                    value = pair.Value.Untagged;
                    return true;
                }
            }
            value = null;
            return false;
        }
    }

    /// <summary>Equality of what may be a key, text and integers, without the detours of a record's own.</summary>
    public bool IsSameKey(CborItem other) => this is Text text
        ? other is Text same && text.Value == same.Value
        : this is Whole whole && other is Whole equal && whole.Value == equal.Value;

    /// <summary>The item without any tags: dates may carry tag 0 or none (eu-dcc-schema, FAQ).</summary>
    public CborItem Untagged => this is Tagged tagged ? tagged.Content.Untagged : this;
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

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

    /// <summary>Up to so many keys of a map are compared one by one, which is faster than hashing them.</summary>
    const int FewKeys = 16;

    /// <summary>Reads exactly one item. Never throws; why not is said without quoting the data.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CborItem? item, [NotNullWhen(false)] out string? fault)
    {
        (item, fault) = (null, null);
        try
        {
            var source = new CborSource(bytes.Span);
            var read = ReadItem(ref source, MaxDepth);
            if (source.Remaining > 0)
            {
                fault = $"{source.Remaining} bytes follow the CBOR item";
                return false;
            }
            item = read;
            return true;
        }
        catch (CborSource.Refusal refusal)
        {
            fault = refusal.Message;
            return false;
        }
    }

    static CborItem ReadItem(ref CborSource source, int depth)
    {
        if (depth == 0)
        {
            throw CborSource.NotWellFormed();
        }
        // The eight major types of RFC 8949 section 3.1.
        var (major, info) = source.Initial();
        switch (major)
        {
            case 0:
                return new CborItem.Whole(Signed(source.Argument(info)));
            case 1:
                return new CborItem.Whole(-1 - Signed(source.Argument(info)));
            case 2:
                return new CborItem.Bytes(source.Bytes(major, info));
            case 3:
                return new CborItem.Text(source.Text(major, info));
            case 4:
                return ReadList(ref source, info, depth);
            case 5:
                return ReadMap(ref source, info, depth);
            case 6:
                return new CborItem.Tagged(source.Argument(info), ReadItem(ref source, depth - 1));
            default:
                return ReadSimple(ref source, info);
        }
    }

    static long Signed(ulong number) => number <= long.MaxValue ? (long)number : throw CborSource.TooLarge();

    static CborItem ReadSimple(ref CborSource source, int info) => info switch
    {
        20 => new CborItem.Bool(false),
        21 => new CborItem.Bool(true),
        < 24 => new CborItem.Null(),
        // RFC 8949 section 3.3: numbers below 32 have no second form.
        24 when source.Argument(info) >= 32 => new CborItem.Null(),
        25 or 26 or 27 => new CborItem.Real(source.Real(info)),
        _ => throw CborSource.NotWellFormed(),
    };

    static CborItem.List ReadList(ref CborSource source, int info, int depth)
    {
        var count = source.Count(info, smallest: 1);
        var items = ImmutableArray.CreateBuilder<CborItem>(count ?? 0);
        while (count is { } all ? items.Count < all : !source.TryBreak())
        {
            items.Add(ReadItem(ref source, depth - 1));
        }
        return new CborItem.List(items.DrainToImmutable());
    }

    static CborItem.Map ReadMap(ref CborSource source, int info, int depth)
    {
        var count = source.Count(info, smallest: 2);
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<CborItem, CborItem>>(count ?? 0);
        HashSet<CborItem>? many = null;
        while (count is { } all ? pairs.Count < all : !source.TryBreak())
        {
            var key = ReadItem(ref source, depth - 1);
            if (key is not (CborItem.Text or CborItem.Whole) || !IsNew(key, pairs, ref many))
            {
                throw CborSource.NotWellFormed();
            }
            pairs.Add(new(key, ReadItem(ref source, depth - 1)));
        }
        return new CborItem.Map(pairs.DrainToImmutable());
    }

    static bool IsNew(
        CborItem key, ImmutableArray<KeyValuePair<CborItem, CborItem>>.Builder pairs, ref HashSet<CborItem>? many)
    {
        if (pairs.Count >= FewKeys)
        {
            return (many ??= [.. pairs.Select(pair => pair.Key)]).Add(key);
        }
        for (var i = 0; i < pairs.Count; i++)
        {
            if (pairs[i].Key.IsSameKey(key))
            {
                return false;
            }
        }
        return true;
    }
}

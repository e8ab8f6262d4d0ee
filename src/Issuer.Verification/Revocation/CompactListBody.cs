namespace Issuer.Verification.Revocation;

/// <summary>
/// The bytes of a list's set (docs/compact-list.md, "The body"). They depend on nothing but the sets: whichever
/// instance writes them, they are the same.
/// </summary>
public static class CompactListBody
{
    /// <summary>What a reader takes: a full list of 2^30 slots at the most expensive density is 128 MB.</summary>
    public const int Longest = 128 * 1024 * 1024;

    public static byte[] Full(RevokedSlots set)
    {
        var writer = new GapWriter();
        writer.Write(set.Ascending().Select(slot => slot.Value));
        return writer.Finish();
    }

    /// <summary>Additions as slots; removals as places in the base's ascending set, which takes fewer bits.</summary>
    public static (byte[] Body, long Additions, long Removals) Delta(RevokedSlots from, RevokedSlots to)
    {
        var (additions, removals) = (0L, 0L);
        var writer = new GapWriter();
        writer.Write(to.Except(from).Select(slot =>
        {
            additions++;
            return slot.Value;
        }));
        writer.Write(from.Ascending().Index().Where(at => !to.Contains(at.Item)).Select(at =>
        {
            removals++;
            return (long)at.Index;
        }));
        return (writer.Finish(), additions, removals);
    }

    /// <summary>The set after the body; null when the body is not one.</summary>
    /// <param name="body">As published.</param>
    /// <param name="claims">Signed, and naming this body.</param>
    /// <param name="from">The base's set of a delta; else not looked at.</param>
    public static RevokedSlots? TryRead(ReadOnlyMemory<byte> body, CompactListClaims claims, RevokedSlots from)
    {
        var reader = new GapReader(body);
        var draft = new RevokedSlots.Draft(claims.IsDelta ? from : RevokedSlots.Empty);
        if (!reader.TryRead(claims.Base?.Additions ?? claims.Revoked, Hcert.Slot.Count, draft.TryAdd)
            || (claims.Base is { } delta && !TryRemove(reader, delta.Removals, from, draft))
            || !reader.IsAtEnd)
        {
            return null;
        }
        return draft.Finish();
    }

    static bool TryRemove(GapReader reader, long removals, RevokedSlots from, RevokedSlots.Draft draft)
    {
        using var slots = from.Ascending().GetEnumerator();
        var passed = 0L;
        return reader.TryRead(removals, from.Count, place =>
        {
            for (; passed <= place; passed++)
            {
                slots.MoveNext();
            }
            draft.Remove(slots.Current.Value);
            return true;
        });
    }
}

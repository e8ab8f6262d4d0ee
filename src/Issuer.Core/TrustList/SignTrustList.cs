using Issuer.Core.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Core.TrustLists;

/// <summary>
/// The small part of the list that is made anew all day: freshness, over content that hardly changes.
/// </summary>
public static class SignTrustList
{
    /// <summary>Renewed halfway, so that a stale list is one whose renewal failed for half a day.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>The statement before, as it is, while it says the same and is fresh; otherwise a new one.</summary>
    /// <param name="foreign">The file of other countries' DSCs; null: there is none.</param>
    /// <param name="previous">The JWS before; null: none.</param>
    public static string Renewed(
        byte[] content, byte[]? foreign, string? previous, TrustAnchor anchor, DateTimeOffset now)
    {
        var digest = ListStatement.DigestOf(content);
        var foreignDigest = foreign is null ? null : ListStatement.DigestOf(foreign);
        var before = previous is null ? null : ListStatement.Verified(previous, anchor.Certificate);
        if (before is not null && before.Content == digest && before.Foreign == foreignDigest
            && now < before.Issued + (Fresh / 2))
        {
            return previous!;
        }
        var issued = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        // From the clock, so that it goes on rising when what was published before is lost.
        var sequence = Math.Max(issued.ToUnixTimeSeconds(), before is null ? 0 : before.Sequence + 1);
        var statement = new ListStatement(
            sequence, issued.UtcDateTime, (issued + Fresh).UtcDateTime, digest, foreignDigest);
        return statement.Sign(anchor);
    }
}

using System.Security.Cryptography.X509Certificates;
using Issuer.Verification.TrustLists;

namespace Issuer.Core.Gateway;

/// <summary>
/// A good set of foreign keys is never replaced by an empty, a shrunken or an older one. A gateway signs no list as a
/// whole, so this is told from the keys: how many left at once, and whether one that had left is back.
/// </summary>
public static class GuardKeys
{
    /// <summary>Why the set in place stays; null: take the next one.</summary>
    /// <param name="isAccepted">
    /// A person has looked at it: many may leave, and come back; an empty set never counts.
    /// </param>
    public static Rejection? Check(
        IReadOnlyList<KnownKey> known, GatewayReading next, GatewayPolicy policy, DateTimeOffset now, bool isAccepted)
    {
        var standing = known.Where(key => !key.HasLeft && key.Key.Kind == TrustListItem.Dsc).ToList();
        if (standing.Count == 0)
        {
            return null;
        }
        if (!next.Dscs.Any())
        {
            return Stays("there is no DSC that can be believed");
        }
        var here = next.Keys.ToDictionary(key => key.Thumbprint);
        var returned = known.Count(before => before.HasLeft
            && here.TryGetValue(before.Key.Thumbprint, out var again) && again.Listed <= before.Key.Listed);
        if (returned > 0 && !isAccepted)
        {
            return Stays($"{returned} keys that had left are back as if they never had: it is older");
        }
        // Those that have ended count on neither side: a list that keeps them is no less shrunken.
        var live = standing.Select(before => before.Key).Where(key => !HasEnded(key, now)).ToList();
        var lost = live.Count(key => !here.ContainsKey(key.Thumbprint));
        return policy.IsTooMany(lost, live.Count) && !isAccepted
            ? Stays($"{lost} of {live.Count} DSCs would leave at once{Emptied(live, next, now)}")
            : null;
    }

    /// <summary>The countries of which no DSC would be left.</summary>
    static string Emptied(IEnumerable<GatewayKey> live, GatewayReading next, DateTimeOffset now)
    {
        var countries = live.Select(key => key.Country)
            .Except(next.Dscs.Where(key => !HasEnded(key, now)).Select(key => key.Country))
            .Order(StringComparer.Ordinal).ToList();
        return countries.Count == 0 ? "" : $", and nothing would be left of {string.Join(", ", countries)}";
    }

    static bool HasEnded(GatewayKey key, DateTimeOffset now)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(key.Der.Span);
        return certificate.NotAfter.ToUniversalTime() <= now;
    }

    static Rejection Stays(string why) =>
        new(RejectionKind.Unavailable, $"the keys are not taken; those in place stay: {why}");
}

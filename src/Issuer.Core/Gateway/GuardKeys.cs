using System.Security.Cryptography.X509Certificates;
using Issuer.Core.TrustLists;

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
        var lost = standing.Count(before => !here.ContainsKey(before.Key.Thumbprint) && !HasEnded(before.Key, now));
        return policy.IsTooMany(lost, standing.Count) && !isAccepted
            ? Stays($"{lost} of {standing.Count} DSCs would leave at once")
            : null;
    }

    static bool HasEnded(GatewayKey key, DateTimeOffset now)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(key.Der.Span);
        return certificate.NotAfter.ToUniversalTime() <= now;
    }

    static Rejection Stays(string why) =>
        new(RejectionKind.Unavailable, $"the keys are not taken, those in place stay: {why}");
}

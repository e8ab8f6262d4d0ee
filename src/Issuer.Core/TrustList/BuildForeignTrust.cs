using System.Security.Cryptography.X509Certificates;
using Issuer.Core.Gateway;
using Issuer.Verification.TrustLists;

namespace Issuer.Core.TrustLists;

/// <summary>Which of other countries' DSCs are published, and in which places.</summary>
public static class BuildForeignTrust
{
    /// <summary>
    /// The content of now; null where no foreign key has ever been believed. What would be published empty, or lost
    /// DSCs that no row explains, is not replaced: then the content before stays, and why.
    /// </summary>
    /// <param name="rows">Everything that was ever believed.</param>
    /// <param name="own">Our countries: no foreign key speaks for them.</param>
    /// <param name="previous">What was published before; null: nothing that can be believed.</param>
    /// <param name="highest">The last place that is taken on any list.</param>
    public static (ForeignTrustContent? Content, Rejection? Held) From(
        IEnumerable<KnownKey> rows, IReadOnlySet<string?> own, DateTimeOffset now, ForeignTrustContent? previous,
        long highest)
    {
        var dscs = rows.Where(row => row.Key.Kind == TrustListItem.Dsc && !own.Contains(row.Key.Country))
            .ToLookup(row => Convert.ToBase64String(row.Key.Der.Span));
        var unended = dscs.Where(of => !HasEnded(of.Key, now)).ToList();
        var listed = unended.Where(of => of.Any(row => !row.HasLeft)).ToList();
        if (previous is not null)
        {
            var lost = previous.Dscs.Count(signer => !dscs.Contains(signer.RawData) && !HasEnded(signer.RawData, now));
            if (lost > 0)
            {
                return (previous, Stays($"{lost} would leave that no row explains"));
            }
            if (listed.Count == 0 && previous.Dscs.Count > 0)
            {
                return (previous, Stays("none would be left"));
            }
        }
        return listed.Count == 0 && previous is null
            ? (null, null)
            : (new ForeignTrustContent(ForeignTrustContent.CurrentVersion, Places(listed, now, previous, highest),
                Left(unended.Except(listed), listed, now, previous)), null);
    }

    static IReadOnlyList<ForeignSigner> Places(
        IEnumerable<IGrouping<string, KnownKey>> listed, DateTimeOffset now, ForeignTrustContent? previous,
        long highest)
    {
        var known = (previous?.Dscs ?? []).ToDictionary(signer => signer.RawData, signer => signer.Listed);
        var free = Math.Max(now.ToUnixTimeSeconds(), known.Values.Append(highest).Max() + 1);
        return
        [
            .. listed.Select(of => (Raw: of.Key, of.First().Key.Kid, of.First().Key.Country, Sources: SourcesOf(of)))
                .OrderBy(one => one.Country, StringComparer.Ordinal).ThenBy(one => one.Kid, StringComparer.Ordinal)
                .ThenBy(one => one.Raw, StringComparer.Ordinal)
                .Select(one => new ForeignSigner(one.Kid, one.Country,
                    known.TryGetValue(one.Raw, out var place) ? place : free++, one.Raw, one.Sources))
                .OrderBy(signer => signer.Listed),
        ];
    }

    static IReadOnlyList<string> SourcesOf(IEnumerable<KnownKey> rows) =>
        [.. rows.Where(row => !row.HasLeft).Select(row => row.Source).Distinct().Order(StringComparer.Ordinal)];

    static IReadOnlyList<RemovedSigner> Left(
        IEnumerable<IGrouping<string, KnownKey>> left, IEnumerable<IGrouping<string, KnownKey>> listed,
        DateTimeOffset now, ForeignTrustContent? previous)
    {
        var known = (previous?.Removed ?? []).DistinctBy(signer => signer.Kid)
            .ToDictionary(signer => signer.Kid, signer => signer.At);
        return
        [
            .. left.Select(of => of.First().Key.Kid).Except(listed.Select(of => of.First().Key.Kid))
                .Select(kid => new RemovedSigner(kid, known.GetValueOrDefault(kid, now.ToUnixTimeSeconds())))
                .OrderBy(signer => signer.At).ThenBy(signer => signer.Kid, StringComparer.Ordinal),
        ];
    }

    static bool HasEnded(string raw, DateTimeOffset now)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(raw));
        return certificate.NotAfter.ToUniversalTime() <= now;
    }

    static Rejection Stays(string why) => new(
        RejectionKind.Unavailable, $"the foreign DSCs are not renewed; those in place stay: {why}");
}

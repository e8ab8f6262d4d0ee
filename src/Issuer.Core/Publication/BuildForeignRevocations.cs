using Issuer.Core.Gateway;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Publication;

/// <summary>
/// Step 12 for what others revoked: a file a country. A hash leaves when it expired, or when its batch's deletion was
/// accepted, which the batch's row says; a country that lost others keeps the file it had, and holds nobody up.
/// </summary>
public static class BuildForeignRevocations
{
    /// <param name="rows">All batches that are here, also those that have left.</param>
    /// <param name="own">Our country: what others say of its certificates is not heard.</param>
    /// <param name="before">The files in place.</param>
    public static (FileSet Files, IReadOnlyList<string> Held) From(
        IEnumerable<KnownBatch> rows, string own, IReadOnlyList<PublishedFile> before, DateTimeOffset now)
    {
        var batches = rows.Where(row => row.Batch.Expires > now && row.Batch.Country != own)
            .ToLookup(row => row.Batch.Country);
        var there = before.Select(file => (file.Path, List: ForeignRevocations.Parse(file.Path, file.Bytes)))
            .ToLookup(file => file.List?.Country ?? "");
        List<PublishedFile> changed = [];
        List<string> kept = [];
        List<string> held = [];
        foreach (var country in batches.Select(of => of.Key).Concat(there.Select(of => of.Key)).Distinct())
        {
            var old = there[country].ToList();
            if (WhyHeld(old.ConvertAll(file => file.List), batches[country], now) is { } why)
            {
                kept.AddRange(old.Select(file => file.Path));
                held.Add($"the revocations of {country} are not renewed; those in place stay: {why}");
                continue;
            }
            var standing = batches[country].Where(row => !row.HasLeft).Select(row => row.Batch).ToList();
            if (standing.Count > 0)
            {
                var next = ForeignRevocations.Of(country, standing).ToFile();
                if (old.Exists(file => file.Path == next.Path))
                {
                    kept.Add(next.Path);
                }
                else
                {
                    changed.Add(next);
                }
            }
        }
        return (new FileSet(changed, kept), held);
    }

    /// <summary>Null: what is there may be replaced.</summary>
    static string? WhyHeld(IReadOnlyList<ForeignRevocations?> there, IEnumerable<KnownBatch> rows, DateTimeOffset now)
    {
        if (there.Contains(null))
        {
            return "they cannot be read";
        }
        var lost = there.Sum(list => Lost(list!, rows, now));
        return lost > 0 ? $"{lost} hashes would leave though nobody deleted them" : null;
    }

    /// <summary>How many unexpired hashes stand in no batch, be it one that has left.</summary>
    static int Lost(ForeignRevocations list, IEnumerable<KnownBatch> rows, DateTimeOffset now)
    {
        var known = rows.Select(row => row.Batch)
            .SelectMany(batch => batch.Hashes.Select(hash => (ForeignRevocations.KidOf(batch), batch.HashType, hash)))
            .ToHashSet();
        return list.Groups.Where(group => group.Expires > now)
            .Sum(group => ForeignRevocations.HashesOf(group)
                .Count(hash => !known.Contains((group.Kid, HashTypes.Parse(group.HashType)!.Value, hash))));
    }
}

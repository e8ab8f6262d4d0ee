using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Policies;

namespace Issuer.Server.Edge.Rest.Policies;

/// <summary>A version of a policy.</summary>
/// <param name="Origin"><c>shipped</c> with the program, <c>found</c> in a file, or <c>imported</c>.</param>
/// <param name="Digest">SHA-256 over the canonical document, in hexadecimal.</param>
/// <param name="TakenBy">Who imported it, the second of the two; null: it is shipped.</param>
sealed record PolicyVersionView(
    long Version, DateOnly ValidFrom, string Origin, string Digest, DateTimeOffset? TakenAt, string? TakenBy,
    IReadOnlyDictionary<string, JsonElement> Document)
{
    public static PolicyVersionView Of(PolicyVersion version) => new(
        version.Version, version.Document.ValidFrom, Kebab.Of(version.Origin.ToString()),
        Convert.ToHexStringLower(version.Document.Digest), version.TakenBy?.At, version.TakenBy?.Actor,
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(version.Document.Text)!);
}

/// <summary>A kind of policy.</summary>
/// <param name="Holds">Today's.</param>
/// <param name="Later">Those that begin on a day to come, the next one first.</param>
sealed record PolicyView(string Kind, PolicyVersionView Holds, IReadOnlyList<PolicyVersionView> Later)
{
    public static PolicyView Of(PolicyBook book, PolicyKind kind, DateTimeOffset now)
    {
        var day = PolicyBook.DayOf(now);
        return new PolicyView(
            kind.Name, PolicyVersionView.Of(book.HoldingOn(kind, day)),
            [.. book.VersionsOf(kind).Select(version => version.Document.ValidFrom).Where(from => from > day)
                .Distinct().Order().Select(from => PolicyVersionView.Of(book.HoldingOn(kind, from)))]);
    }
}

/// <summary>All kinds.</summary>
sealed record PolicyListView(IReadOnlyList<PolicyView> Policies);

using System.Text;
using Issuer.Core;
using Issuer.Core.Publication;
using Issuer.Core.TrustLists;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Publication;

/// <summary>
/// Whether this store may publish into a folder. The world believes what lies there: a store restored from an older
/// copy, or another one, would take back what was published, revocations too.
/// </summary>
static class GuardFolder
{
    /// <summary>A folder of somebody's choice: it is empty, or what lies there came from this store.</summary>
    public static async Task CheckCopyAsync(Workplace place, string directory, CancellationToken cancel)
    {
        if (IsWithin(place.Options.DataDirectory, directory))
        {
            var why = $"the store and its keys are in {directory}: published files must be in a folder of their own";
            if (!place.IsDevelopment)
            {
                throw Refused(why);
            }
            Screen.Warn(why);
        }
        if (Read(directory) is ({ } manifest, var text)
            && !await IsOursAsync(place, manifest, text, cancel))
        {
            throw Refused($"{directory} holds publication {manifest.Sequence} of another store, or of a later state of "
                + "this one; move it away to publish there anyway");
        }
    }

    /// <summary>
    /// The service's own folder is filled anew whatever lies there, unless this anchor signed it and the store does not
    /// know it.
    /// </summary>
    public static async Task CheckOwnAsync(Workplace place, TrustAnchor anchor, CancellationToken cancel)
    {
        if (Read(place.PublishedDirectory) is ({ } manifest, var text)
            && ReadManifest.From(text, Manifest.PublicationType, anchor.Der.Span, manifest.Issued).Manifest is not null
            && !await IsOursAsync(place, manifest, text, cancel))
        {
            throw Refused($"the store does not know publication {manifest.Sequence}, which is published: it was "
                + $"replaced, or is an older copy; move {place.PublishedDirectory} away to publish anyway");
        }
    }

    static Task<bool> IsOursAsync(Workplace place, Manifest manifest, string text, CancellationToken cancel) =>
        place.Store.Publications.IsOursAsync(manifest.Sequence, text, cancel);

    static (Manifest? Manifest, string Text) Read(string directory)
    {
        var text = FileWriter.Read(directory, Manifest.Path) is { } bytes ? Encoding.ASCII.GetString(bytes) : "";
        return (ReadManifest.Unverified(text), text);
    }

    static bool IsWithin(string inner, string outer) =>
        Path.GetRelativePath(outer, inner) is var way && way != ".." && !Path.IsPathRooted(way)
        && !way.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    static RefusedException Refused(string why) =>
        new(new Rejection(RejectionKind.Unavailable, $"nothing is published: {why}"));
}

using System.Text;
using Issuer.Core;
using Issuer.Core.Pki;
using Issuer.Core.Publication;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.Publication;

namespace Issuer.Server.Features.Publication;

/// <summary>
/// Whether this store may publish into a folder. The world believes what lies there: a store restored from an older
/// copy, or another one, would take back what was published, revocations too.
/// </summary>
sealed class GuardFolder(IPublicationStore publications, DataFolder data, StoreEnvironment environment)
{
    /// <summary>A folder of somebody's choice: it is empty, or what lies there came from this store.</summary>
    /// <returns>What Development alone lets pass; null: nothing.</returns>
    public async Task<string?> CheckCopyAsync(string directory, CancellationToken cancel)
    {
        var warning = IsWithin(data.Path, directory)
            ? $"the store and its keys are in {directory}: published files must be in a folder of their own"
            : null;
        if (warning is not null && !environment.IsDevelopment)
        {
            throw Refused(warning);
        }
        if (Read(directory) is ({ } manifest, var text)
            && !await IsOursAsync(manifest, text, cancel))
        {
            throw Refused($"{directory} holds publication {manifest.Sequence} of another store, or of a later state of "
                + "this one; move it away to publish there anyway");
        }
        return warning;
    }

    /// <summary>
    /// The service's own folder is filled anew whatever lies there, unless this anchor signed it and the store does not
    /// know it.
    /// </summary>
    public async Task CheckOwnAsync(TrustAnchor anchor, CancellationToken cancel)
    {
        if (Read(data.Published) is ({ } manifest, var text)
            && ReadManifest.From(text, Manifest.PublicationType, anchor.Der.Span, manifest.Issued).Manifest is not null
            && !await IsOursAsync(manifest, text, cancel))
        {
            throw Refused($"the store does not know publication {manifest.Sequence}, which is published: it was "
                + $"replaced, or is an older copy; move {data.Published} away to publish anyway");
        }
    }

    Task<bool> IsOursAsync(Manifest manifest, string text, CancellationToken cancel) =>
        publications.IsOursAsync(manifest.Sequence, text, cancel);

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

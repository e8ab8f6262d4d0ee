using Issuer.Core;
using Issuer.Server.Hosting;
using Issuer.Verification;

namespace Issuer.Server.Features.Verification;

/// <summary>The lists of a bundle, or a refusal that names where it came from.</summary>
static class ReadBundle
{
    /// <inheritdoc cref="VerificationLists.OfBundle" path="/param"/>
    public static VerificationLists From(
        ReadOnlyMemory<byte> bundle, ReadOnlySpan<byte> anchor, string source, DateTimeOffset now,
        long? newestSeen = null, long? newestListSeen = null)
    {
        var (lists, refusal) = VerificationLists.OfBundle(bundle, anchor, now, newestSeen, newestListSeen);
        return lists ?? throw new RefusedException(new Rejection(RejectionKind.Malformed, $"{source}: {refusal}"));
    }
}

using Issuer.Core.Revocation;

namespace Issuer.Storage.Revocation;

/// <summary>What stands against a certificate, as both engines return it.</summary>
static class RevocationColumns
{
    public static DeclaredRevocation Of(long reason, long effectiveAt, long? suspendedUntil) => new(
        (RevocationReason)reason, DateTimeOffset.FromUnixTimeSeconds(effectiveAt),
        suspendedUntil is { } until ? DateTimeOffset.FromUnixTimeSeconds(until) : null);
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Issuer.Core.Pki;

namespace Issuer.Core.Certificates;

/// <summary>
/// When a lineage's next successor is due: each lineage has its own place in the first part of the window before exp
/// (design.md 4.4), so that a wave of issuing does not come back as a wave. The place is a keyed hash: nobody outside
/// can tell it from a number, and it needs no row.
/// </summary>
/// <param name="key">Of the store's secret: every instance finds the same moments.</param>
public sealed class RegenerationMoments(ValidityPolicy policy, byte[] key)
{
    public DateTimeOffset Of(long lineageId, DateTimeOffset expiresAt)
    {
        Span<byte> id = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(id, lineageId);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, id, hash);
        var spread = (UInt128)(policy.RegenerationSpread.Ticks / TimeSpan.TicksPerSecond);
        var seconds = (long)((BinaryPrimitives.ReadUInt64BigEndian(hash) * spread) >> 64);
        return expiresAt - policy.RegenerationWindow + TimeSpan.FromSeconds(seconds);
    }
}

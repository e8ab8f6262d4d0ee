using System.Buffers.Binary;
using Issuer.Core.Certificates;
using Issuer.Hcert;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Certificates;

namespace Issuer.Server.Edge.Rest.Certificates;

/// <summary>
/// The ETag of a holder's list, from everything that <see cref="CertificateView"/> is made of, without reading what was
/// signed: most apps ask and nothing has changed. What was signed is in it by its signature, what time alone changes by
/// the state at this moment, and how it is written by the program's build.
/// </summary>
static class ListEtag
{
    static readonly byte[] Build = [.. new[] { typeof(ListEtag), typeof(IssuedCertificate), typeof(Uvci) }
        .SelectMany(type => type.Module.ModuleVersionId.ToByteArray())];

    public static string Of(IReadOnlyList<FamilyCertificate> certificates, DateTimeOffset now)
    {
        using var content = new MemoryStream();
        content.Write(Build);
        Span<byte> fields = stackalloc byte[8 * sizeof(long)];
        foreach (var (certificate, dependant) in certificates)
        {
            Write(fields, 0, certificate.Slot.Value);
            Write(fields, 1, certificate.LineageId);
            Write(fields, 2, certificate.Predecessor?.Value ?? -1);
            Write(fields, 3, (long?)certificate.Cause ?? -1);
            Write(fields, 4, certificate.IssuedAt.ToUnixTimeSeconds());
            Write(fields, 5, certificate.ExpiresAt.ToUnixTimeSeconds());
            Write(fields, 6, (long)certificate.StateAt(now));
            Write(fields, 7, dependant ?? 0);
            content.Write(fields);
            // PS256 makes longer ones: the length keeps them apart from what follows.
            Write(fields, 0, certificate.Signature.Length);
            content.Write(fields[..sizeof(long)]);
            content.Write(certificate.Signature);
        }
        return Conditional.EtagOf(content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    static void Write(Span<byte> fields, int index, long value) =>
        BinaryPrimitives.WriteInt64LittleEndian(fields[(index * sizeof(long))..], value);
}

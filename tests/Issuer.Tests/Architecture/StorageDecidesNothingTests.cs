using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Storage;

namespace Issuer.Tests.Architecture;

/// <summary>
/// Facts in, facts out (design.md section 3): what the compiled store refers to, read from its metadata, so that no
/// method body escapes.
/// </summary>
public class StorageDecidesNothingTests
{
    [Theory]
    [InlineData(typeof(Rejection))]
    [InlineData(typeof(RejectionKind))]
    [InlineData(typeof(Result<>))]
    public void The_store_refuses_nobody(Type refusal) => Assert.DoesNotContain(refusal.FullName!, Used());

    /// <summary>Nor can it make or hold what a signer takes.</summary>
    [Theory]
    [InlineData(typeof(ReservedCertificate))]
    [InlineData(typeof(ICertificateSigner))]
    public void Nothing_in_the_store_can_be_signed(Type token) => Assert.DoesNotContain(token.FullName!, Used());

    [Fact]
    public void What_the_store_does_use_is_seen() => Assert.Contains(typeof(PreparedCertificate).FullName!, Used());

    static HashSet<string> Used()
    {
        using var file = new PEReader(File.OpenRead(typeof(Store).Assembly.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }
}

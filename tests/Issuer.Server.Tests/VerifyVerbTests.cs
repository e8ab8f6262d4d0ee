using Issuer.Server.Edge.Verbs;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Publication;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Verification;

namespace Issuer.Server.Tests;

/// <summary><c>issuer verify</c>: what is asked to protect protects, or is refused.</summary>
public sealed class VerifyVerbTests(RunningService service) : IClassFixture<RunningService>
{
    [Theory]
    [InlineData("--trust list.jws --publication-seen 3", false)]
    [InlineData("--trust list.jws --revocation www --publication-seen 3", true)]
    [InlineData("--bundle bundle.bin --publication-seen 3 --sequence-seen 4", true)]
    [InlineData("--revocation www --sequence-seen 4", false)]
    [InlineData("--trust list.jws --sequence-seen 4", true)]
    public void What_was_seen_before_is_told_together_with_lists_that_have_such_a_number(string options, bool isTaken)
    {
        var parsed = VerifyVerb.Create().Parse($"HC1:X --anchor anchor.pem {options}");
        Assert.Equal(isTaken, parsed.Errors.Count == 0);
    }

    [Theory]
    [InlineData("trust-list/eu.json")]
    [InlineData(".well-known/did.json")]
    public async Task A_list_without_a_sequence_is_refused_to_whoever_asks_for_none_older(string list)
    {
        await service.Get<PublishRound>().RunAsync(isForced: true, copy: null, default);
        var folder = service.Published;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => LoadTrustedDscs.FromAsync(
            Path.Combine(folder, list), Path.Combine(folder, "trust-list/anchor.pem"), service.Now, newestSeen: 1,
            default));
        Assert.Contains("no sequence", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trust_list_inside_a_bundle_is_held_to_its_own_sequence_too()
    {
        await service.Get<PublishRound>().RunAsync(isForced: true, copy: null, default);
        var bundle = await File.ReadAllBytesAsync(Path.Combine(service.Published, "bundle.bin"));
        using var anchor = service.Get<OwnAnchor>().Read();
        var refused = Assert.Throws<RefusedException>(() => ReadBundle.From(
            bundle, anchor.Der.ToArray(), "bundle", service.Now, newestSeen: 1, newestListSeen: long.MaxValue));
        Assert.Contains("rolled back", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_publication_is_told_with_the_lists_wherever_they_come_from()
    {
        await service.Get<PublishRound>().RunAsync(isForced: true, copy: null, default);
        var folder = service.Published;
        var anchor = await File.ReadAllBytesAsync(Path.Combine(folder, "trust-list/anchor.pem"));
        var later = service.Now.AddDays(3);
        var trusted = await LoadTrustedDscs.FromAsync(
            Path.Combine(folder, "trust-list/list.jws"), Path.Combine(folder, "trust-list/anchor.pem"), later, null,
            default);
        var revoked = await LoadRevokedCertificates.FromAsync(folder, anchor, later, null, default);
        Assert.Equal(3, new VerificationLists(trusted, revoked, null).WarningsAt(later)
            .Count(warning => warning.Contains("stale", StringComparison.Ordinal)));
        var bundle = ReadBundle.From(
            await File.ReadAllBytesAsync(Path.Combine(folder, "bundle.bin")), anchor, "bundle", later);
        Assert.Contains(bundle.WarningsAt(later), warning => warning.Contains("stale", StringComparison.Ordinal));
        Assert.Empty(bundle.WarningsAt(service.Now));
    }
}

using Issuer.Core.Publication;
using Issuer.Hcert;
using Issuer.Server.Features;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Server.Tests.Identity;
using Issuer.Verification;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Tests.Publication;

/// <summary>What is revoked for fraud or a leak does not wait for its round; everything else does.</summary>
public sealed class UrgentTests : TwoCertified
{
    [Theory]
    [InlineData("fraud", true)]
    [InlineData("leaked", true)]
    [InlineData("issued-in-error", false)]
    [InlineData("holder-request", false)]
    public async Task Only_an_urgent_reason_leaves_before_its_round(string reason, bool leaves)
    {
        var before = (await PublishAsync()).Sequence;
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        await RevokeAsync(id, reason);

        var round = await RoundAsync();

        Assert.Equal((leaves, leaves ? before + 1 : before), (round.IsNew, round.Sequence));
        Assert.Equal(leaves ? Verdict.Revoked : Verdict.Valid, Offline(hc1));
        Assert.False((await RoundAsync()).IsNew);
    }

    [Fact]
    public async Task It_leaves_alone_as_a_delta_with_a_batch_and_slices_and_the_rest_follows_in_the_round()
    {
        var before = (await PublishAsync()).Sequence;
        var whole = await HeldAsync(before, null);
        var (waiting, waits) = await CertificateAsync(Person.Duc);
        var (urgent, hc1) = await CertificateAsync(Person.Hoa);
        await RevokeAsync(waiting, "issued-in-error");
        await RevokeAsync(urgent);

        Assert.Equal(1, (await RoundAsync()).Batches);

        var added = await HeldAsync(before + 1, whole);
        Assert.Equal([SlotOf(hc1)], added.Revoked.Ascending());
        // Its dates are those of the last whole list: it proves nothing newer of the rest.
        Assert.Equal(
            (whole.ThisUpdate, whole.NextUpdate, whole.Issued), (added.ThisUpdate, added.NextUpdate, added.Issued));
        Assert.Equal(added.Link, (await HeldAsync(before + 1, null)).Link);
        Assert.Equal((Verdict.Revoked, Verdict.Valid), (Offline(hc1), Offline(waits)));
        using var app = new EuApp(anybody);
        Assert.NotEmpty((await app.ListsAsync()).EnumerateArray());

        await using var later = await LaterAsync(PublicationPolicy.Default.Round);
        Assert.True((await RoundAsync(later)).IsNew);
        Assert.Equal((Verdict.Revoked, Verdict.Revoked), (Offline(hc1), Offline(waits)));
        Assert.True((await HeldAsync(before + 2, added)).ThisUpdate > added.ThisUpdate);
    }

    [Fact]
    public async Task After_an_urgent_one_of_the_same_moment_the_round_is_still_due()
    {
        var before = (await PublishAsync()).Sequence;
        var (waiting, waits) = await CertificateAsync(Person.Duc);
        var (urgent, hc1) = await CertificateAsync(Person.Hoa);
        await RevokeAsync(waiting, "issued-in-error");
        await RevokeAsync(urgent);
        await using var later = await LaterAsync(PublicationPolicy.Default.Round);

        Assert.Equal(before + 2, (await RoundAsync(later)).Sequence);
        Assert.Equal((Verdict.Revoked, Verdict.Revoked), (Offline(hc1), Offline(waits)));
    }

    [Fact]
    public async Task It_leaves_while_the_round_is_refused_and_what_was_listed_stays()
    {
        var (first, listed) = await CertificateAsync(Person.Duc);
        await RevokeAsync(first);
        await PublishAsync();
        var (urgent, hc1) = await CertificateAsync(Person.Hoa);
        // The round would find that a revocation has vanished.
        await SqlAsync("delete from revocation");
        await RevokeAsync(urgent);
        await using var later = await LaterAsync(PublicationPolicy.Default.Round);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => RoundAsync(later));

        Assert.Contains("unexplained-removal", refused.Message);
        Assert.Equal((Verdict.Revoked, Verdict.Revoked), (Offline(listed), Offline(hc1)));
    }

    [Fact]
    public async Task While_a_file_in_place_is_lost_or_broken_nothing_leaves_and_all_of_it_stays()
    {
        await PublishAsync();
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        await RevokeAsync(id);
        await SqlAsync("create table taken as select * from published_file");
        await SqlAsync("update published_file set content = x'00' where path like 'revocation/compact/full-%.body'");
        Assert.False((await RoundAsync()).IsNew);
        Assert.Contains(service.Get<HeldLists>().Why, why => why.Contains("cannot be read", StringComparison.Ordinal));
        await SqlAsync("delete from published_file where path like 'revocation/%'");
        await Assert.ThrowsAsync<RefusedException>(() => RoundAsync());
        Assert.Equal(Verdict.Valid, Offline(hc1));

        await SqlAsync("insert or replace into published_file select * from taken");
        Assert.True((await RoundAsync()).IsNew);
        Assert.Equal(Verdict.Revoked, Offline(hc1));
        Assert.Empty(service.Get<HeldLists>().Why);
    }

    Task<PublicationCounts> RoundAsync(IssuerServices? issuer = null) =>
        (issuer ?? service.Issuer).Get<PublishRound>().RunAsync(isForced: false, copy, default);

    Task<IssuerServices> LaterAsync(TimeSpan by) => IssuerServices.OpenAsync(
        service.Get<StoreSetup>() with { Clock = new SimulatedTime(service.Now + by) }, default);

    /// <summary>By the bundle alone.</summary>
    Verdict Offline(string hc1)
    {
        var (lists, refusal) = VerificationLists.OfBundle(
            File.ReadAllBytes(Path.Combine(copy, Bundle.Path)), Anchor(), service.Now);
        Assert.Null(refusal);
        return lists!.Verify(hc1, service.Now).Verdict;
    }

    /// <summary>The list of a number: by the delta from the one before, or whole.</summary>
    async Task<CompactListState> HeldAsync(long sequence, CompactListState? before)
    {
        using var own = service.Get<OwnAnchor>().Read();
        Assert.True(Dsc.TryParse(own.Der.Span, out var key, out _));
        var path = Path.Combine(copy, before is null
            ? CompactListPaths.Full(sequence)
            : CompactListPaths.Delta(before.Sequence, sequence));
        var reading = ReadCompactList.From(
            await File.ReadAllBytesAsync(path + CompactListPaths.EnvelopeEnd),
            await File.ReadAllBytesAsync(path + CompactListPaths.BodyEnd), key, before);
        Assert.Null(reading.Fault);
        return reading.State!;
    }

    static Slot SlotOf(string hc1)
    {
        Assert.True(HcertReader.TryRead(hc1, out var hcert, out _));
        Assert.True(Uvci.TryParse(hcert.Dcc.Entry.CertificateIdentifier, out var uvci));
        return uvci.Slot;
    }
}

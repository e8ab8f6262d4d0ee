using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Tests.Storage;

/// <summary>What cannot wait for a round of lists, and what stands now.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task What_was_declared_for_a_reason_since_a_moment_is_found_and_asked_about_anew()
    {
        var (old, head) = await BoosterAsync();
        await RevokeAsync(head, RevocationReason.Leaked);
        var before = Given.Now.AddHours(-1);

        Assert.Equal([head], (await DeclaredAsync(RevocationReason.Leaked, before)).Select(one => one.Slot));
        Assert.Empty(await DeclaredAsync(RevocationReason.Leaked, Given.Now));
        Assert.Empty(await DeclaredAsync(RevocationReason.Fraud, before));
        var asked = await store.Publications.SnapshotAsync(
            Given.Now, source => source.AskAboutAsync([old, head, new Slot(77)], default), default);
        Assert.Equal(
            [(old, false), (head, true)],
            asked.Select(one => (one.Slot, one.IsRefused)).OrderBy(one => one.IsRefused));
    }

    [RequiresFact]
    public async Task Of_a_certificate_the_store_says_at_once_whether_it_stands()
    {
        var (old, head) = await BoosterAsync();
        await RevokeAsync(head, RevocationReason.Leaked);

        Assert.True(await store.StandingRevocations.IncludeAsync(head, Given.Now, default));
        Assert.False(await store.StandingRevocations.IncludeAsync(old, Given.Now, default));
        Assert.False(await store.StandingRevocations.IncludeAsync(new Slot(77), Given.Now, default));
    }

    Task<IReadOnlyList<ListedCertificate>> DeclaredAsync(RevocationReason reason, DateTimeOffset since) =>
        store.Publications.SnapshotAsync(
            Given.Now, source => source.DeclaredAsync([reason], since, default), default);
}

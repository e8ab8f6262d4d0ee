using Issuer.Core.Approvals;
using Issuer.Core.Pki;

namespace Issuer.Tests.Storage;

/// <summary>No DSC that lives long enough, and a clock that cannot be believed.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task An_outage_of_the_DSC_leaves_everybody_due()
    {
        await CertifyAsync(people: 3);
        var expiry = (await CertificatesAsync())[0].ExpiresAt;
        clinic.Dscs = [];

        var round = await RegenerateAtAsync(expiry.AddDays(-10));

        Assert.NotNull(round.Stopped);
        Assert.Equal(0, round.Regenerated);
        clinic.Dscs = [clinic.Dsc];
        Assert.Equal(3, (await RegenerateAtAsync(expiry.AddDays(-9))).Regenerated);
    }

    [RequiresFact]
    public async Task Shortened_certificates_are_made_when_allowed_and_regenerated_under_the_new_DSC()
    {
        await PreparePeopleAsync(3);
        var end = clinic.Dsc.Own.NotAfter;
        clinic.Now = end.AddDays(-50);
        Assert.NotNull((await clinic.IssueAsync(store)).Stopped);

        clinic.ShortenedUntil = clinic.Now.AddDays(30);
        Assert.Equal(3, (await clinic.IssueAsync(store)).Issued);
        Assert.All(await CertificatesAsync(), c => Assert.Equal(end, c.ExpiresAt));
        var early = await RegenerateAtAsync(end.AddDays(-25));
        clinic.ShortenedUntil = null;
        clinic.OutliveEverything();
        var late = await RegenerateAtAsync(end.AddDays(-9));

        Assert.Equal((0, early.Due, 3), (early.Regenerated, early.Waiting, late.Regenerated));
        Assert.All(
            (await CertificatesAsync()).Where(c => c.IsLineageHead),
            c => Assert.Equal(ValidityPolicy.Default.ExpiryOf(clinic.Now), c.ExpiresAt));
    }

    [RequiresFact]
    public async Task Two_people_allow_shortened_certificates_for_so_many_days()
    {
        Assert.Null(await store.Settings.ShortenedUntilAsync(default));
        var asked = await store.Acts.RequestAsync(
            new AllowShortened(30, "the ceremony is late"), new Person("one", ["ministry-operator"]), Given.Now,
            default);

        var approved = await store.Acts.ApproveAsync(
            asked.Value!.Id, new Person("two", ["ministry-security"]), Given.Now, default);

        Assert.Equal(ApprovalState.Executed, approved.Value!.State);
        Assert.Equal(Given.Now.AddDays(30), await (await OpenAsync()).Settings.ShortenedUntilAsync(default));
    }

    [RequiresFact]
    public async Task A_clock_that_disagrees_with_the_databases_signs_nothing()
    {
        var now = TimeProvider.System.GetUtcNow();
        Assert.Null(await store.CompareClockAsync(TimeProvider.System, default));
        foreach (var minutes in new[] { -2, 2 })
        {
            var why = await store.CompareClockAsync(new FixedClock(now.AddMinutes(minutes)), default);
            // SQLite has no clock but ours.
            Assert.Equal(ConnectionString is null ? null : Issuer.Core.RejectionKind.Unavailable, why?.Kind);
        }
    }
}

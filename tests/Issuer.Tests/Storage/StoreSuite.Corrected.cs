using Issuer.Core.Certificates;
using Issuer.Core.Revocation;

namespace Issuer.Tests.Storage;

/// <summary>What a correction does to the certificates that were issued on what it corrects.</summary>
public abstract partial class StoreSuite
{
    static readonly DateTimeOffset AfterGrace = Given.Now + RevocationRule.Grace;

    [RequiresFact]
    public async Task A_correction_revokes_what_it_corrects_after_the_grace()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        await CorrectAsync(Given.Row(1, 2) with { VaccinatedOn = "2021-11-11" }, 1);
        Assert.Equal(1, (await MatchAttestIssueAsync()).Issued);

        var certificates = await CertificatesAsync();
        var old = certificates.Single(c => !c.IsLineageHead);
        Assert.Equal(SuccessionCause.Corrected, certificates.Single(c => c.IsLineageHead).Cause);
        Assert.Equal(CertificateState.Superseded, old.StateAt(AfterGrace.AddSeconds(-1)));
        Assert.Equal(CertificateState.Revoked, old.StateAt(AfterGrace));
    }

    [RequiresFact]
    public async Task Who_is_no_longer_entitled_loses_the_certificate_after_the_grace()
    {
        await RefusedAfterCorrectionAsync();

        var certificate = Assert.Single(await CertificatesAsync());
        Assert.Equal(CertificateState.Current, certificate.StateAt(Given.Now));
        Assert.Equal(CertificateState.Revoked, certificate.StateAt(AfterGrace));
        Assert.Equal(0, await ScalarAsync("select count(*) from lineage where is_open = 1"));
    }

    [RequiresFact]
    public async Task Entitled_again_to_the_same_within_the_grace_nothing_happened()
    {
        var version = await RefusedAfterCorrectionAsync();
        await CorrectAsync(Given.Row(1, 2) with { Lot = "ABV2" }, version);
        Assert.Equal(1, (await MatchAttestIssueAsync()).Unchanged);

        var certificate = Assert.Single(await CertificatesAsync());
        Assert.Equal(CertificateState.Current, certificate.StateAt(AfterGrace));
        Assert.Equal(1, await ScalarAsync("select count(*) from lineage where is_open = 1"));
        Assert.Equal(1, await ScalarAsync("select count(*) from revocation where undone_at is not null"));
    }

    [RequiresFact]
    public async Task Entitled_again_to_something_else_the_lineage_goes_on()
    {
        var version = await RefusedAfterCorrectionAsync();
        await CorrectAsync(Given.Row(1, 2) with { VaccinatedOn = "2021-11-11" }, version);
        Assert.Equal(1, (await MatchAttestIssueAsync()).Issued);

        var certificates = await CertificatesAsync();
        var (old, head) = (
            certificates.Single(c => c.Predecessor is null), certificates.Single(c => c.Predecessor is not null));
        Assert.Equal((old.LineageId, SuccessionCause.Corrected), (head.LineageId, head.Cause));
        Assert.Equal(CertificateState.Revoked, old.StateAt(AfterGrace));
        Assert.Equal(CertificateState.Current, head.StateAt(AfterGrace));
    }

    [RequiresFact]
    public async Task Entitled_again_after_the_grace_another_lineage_opens()
    {
        var version = await RefusedAfterCorrectionAsync();
        clinic.Now = AfterGrace.AddDays(1);
        await CorrectAsync(Given.Row(1, 2) with { Lot = "ABV2" }, version);
        Assert.Equal(1, (await MatchAttestIssueAsync()).Issued);

        var certificates = await CertificatesAsync();
        Assert.Equal(2, certificates.Select(c => c.LineageId).Distinct().Count());
        Assert.Equal(
            [CertificateState.Current, CertificateState.Revoked],
            certificates.Select(c => c.StateAt(clinic.Now)).Order());
    }

    /// <summary>The first person's second dose is corrected to somebody the register does not know.</summary>
    /// <returns>The record's version.</returns>
    async Task<long> RefusedAfterCorrectionAsync()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        var corrected = await CorrectAsync(Given.Row(1, 2) with { IdentityNumber = "079085999999" }, 1);
        Assert.Equal(1, (await MatchAttestIssueAsync()).Refused[DecisionReason.IncompleteCourse]);
        return corrected.Version!.Value;
    }
}

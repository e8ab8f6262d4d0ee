using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Core.Revocation;

namespace Issuer.Tests.Storage;

/// <summary>Records that stand for no dose any more, and what rested on them.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task A_withdrawn_booster_takes_its_certificate_and_the_course_before_it_comes_back()
    {
        var (old, head) = await BoosterAsync();
        var booster = (await StandingAsync(Given.Row(1, 3))).Id;

        Assert.Equal(1, (await WithdrawAsync(booster, RevocationReason.Fraud)).Value!.Certificates);
        Assert.Equal([CertificateState.Superseded, CertificateState.Revoked], await StatesAsync(old, head));
        Assert.Equal(1, (await clinic.IssueAsync(store)).Issued);

        var current = (await CertificatesAsync()).Single(c => c.StateAt(Given.Now) == CertificateState.Current);
        Assert.Equal((head, SuccessionCause.DoseWithdrawn), (current.Predecessor, current.Cause));
        Assert.Equal([CertificateState.Superseded, CertificateState.Revoked], await StatesAsync(old, head));
    }

    [RequiresFact]
    public async Task A_withdrawn_first_dose_takes_everything_and_waits_for_the_facility()
    {
        var (old, head) = await BoosterAsync();
        var first = (await StandingAsync(Given.Row(1, 1))).Id;
        Assert.Equal(2, (await WithdrawAsync(first, RevocationReason.RecordWithdrawn)).Value!.Certificates);
        Assert.Equal(1, (await clinic.IssueAsync(store)).Refused[DecisionReason.NotAttested]);

        await clinic.AttestAsync(store);
        Assert.Equal(1, (await clinic.IssueAsync(store)).Issued);
        Assert.Equal([CertificateState.Revoked, CertificateState.Revoked], await StatesAsync(old, head));
        var current = (await CertificatesAsync()).Single(c => c.StateAt(Given.Now) == CertificateState.Current);
        Assert.NotEqual((await CertificatesAsync()).Single(c => c.Slot == head).LineageId, current.LineageId);
    }

    [RequiresFact]
    public async Task A_withdrawn_record_is_no_dose_anywhere()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2), Given.Row(2, 1));
        foreach (var row in new[] { Given.Row(1, 2), Given.Row(2, 1) })
        {
            await WithdrawAsync((await StandingAsync(row)).Id, RevocationReason.Duplicate);
        }
        Assert.Single((await store.Holders.WithDosesAsync($"VNM:{Given.Number(1)}", default)).Doses);
        Assert.Empty(Assert.Single(await store.Certificates.ClaimDueAsync(1, 10, default)).Doses);
        Assert.DoesNotContain(
            await store.Facilities.ToAttestAsync(null, 0, 10, default), d => d.Dose.Record.Reference == "2-1");
    }

    [RequiresFact]
    public async Task A_dose_that_was_entered_twice_stands_when_one_of_the_two_is_withdrawn()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        await Clinic.SubmitAsync(store, Given.Row(1, 2, Given.OtherFacility));
        await MatchAttestIssueAsync();
        var original = (await StandingAsync(Given.Row(1, 2))).Id;

        Assert.Equal(0, (await WithdrawAsync(original, RevocationReason.Fraud)).Value!.Certificates);
        await MatchAttestIssueAsync();

        Assert.Equal(CertificateState.Current, Assert.Single(await CertificatesAsync()).StateAt(AfterGrace));
    }

    [RequiresFact]
    public async Task Only_its_own_facility_and_only_this_version_is_withdrawn()
    {
        var record = (await SubmitAsync(Given.Row(1, 1))).RecordId!.Value;
        async Task<RejectionKind?> TryAsync(string facility, long version) =>
            (await store.Revoke.WithdrawRecordAsync(
            facility, record, version, RevocationReason.WrongData, Given.Act, default)).Rejection?.Kind;

        Assert.Equal(RejectionKind.NotFound, await TryAsync(Given.OtherFacility, 1));
        Assert.Equal(RejectionKind.Conflict, await TryAsync(Given.Facility, 2));
        Assert.Null(await TryAsync(Given.Facility, 1));
        Assert.Null(await TryAsync(Given.Facility, 1));
    }

    [RequiresFact]
    public async Task A_withdrawn_record_is_not_corrected_any_more()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        await WithdrawAsync((await StandingAsync(Given.Row(1, 2))).Id, RevocationReason.Fraud);

        var refused = await SubmitAsync(Given.Row(1, 2) with { Lot = "ABV9", Corrects = "1" });

        Assert.Equal(new Fault("reference", FaultCode.Withdrawn), Assert.Single(refused.HardFaults));
        Assert.Equal(SubmitOutcome.Unchanged, (await SubmitAsync(Given.Row(1, 2))).Outcome);
        Assert.Equal(1, await ScalarAsync("select count(*) from record where withdrawn = 1 and version = 1"));
    }
}

using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Tests.Storage;

/// <summary>Revocation follows the lineage (design.md section 2).</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task Revoking_for_cause_reaches_every_unexpired_certificate_of_the_lineage_and_closes_it()
    {
        var (old, head) = await BoosterAsync();

        Assert.Equal(2, (await RevokeAsync(head, RevocationReason.Fraud)).Value!.Certificates);

        Assert.Equal([CertificateState.Revoked, CertificateState.Revoked], await StatesAsync(old, head));
        Assert.Equal(0, await ScalarAsync("select count(*) from lineage where is_open = 1"));
        Assert.Empty(await store.Certificates.ClaimDueAsync(0, 10, default));
        Assert.Equal(2, await ScalarAsync("select count(*) from audit where act = 'certificate-revoked fraud'"));
    }

    [RequiresFact]
    public async Task Revoked_twice_it_stands_once()
    {
        var (_, head) = await BoosterAsync();
        await RevokeAsync(head, RevocationReason.Fraud);
        Assert.Equal(0, (await RevokeAsync(head, RevocationReason.Fraud)).Value!.Certificates);
        Assert.Equal(2, await ScalarAsync("select count(*) from revocation"));
    }

    [RequiresFact]
    public async Task What_was_never_issued_cannot_be_revoked()
    {
        Assert.Equal(RejectionKind.NotFound, (await RevokeAsync(new Slot(77), RevocationReason.Fraud)).Rejection?.Kind);
        var (_, head) = await BoosterAsync();
        var forged = await store.Revoke.RevokeAsync(
            new RevocationRequest(head, RevocationReason.Fraud, Uvci: Uvci.Mint(head, new byte[13]).ToString()),
            Given.Act, default);
        Assert.Equal(RejectionKind.NotFound, forged.Rejection?.Kind);
    }

    [RequiresFact]
    public async Task A_leak_reaches_the_leaked_one_alone_and_a_successor_is_due()
    {
        var (old, head) = await BoosterAsync();

        Assert.True((await RevokeAsync(head, RevocationReason.Leaked)).Value is { Certificates: 1, IsEnqueued: true });

        Assert.Equal([CertificateState.Superseded, CertificateState.Revoked], await StatesAsync(old, head));
        Assert.Equal(1, await ScalarAsync(
            $"select count(*) from lineage where is_open = 1 and regenerate_at = {Given.Now.ToUnixTimeSeconds()} and "
                + "regenerate_cause = 6"));
    }

    [RequiresFact]
    public async Task A_leaked_one_that_was_superseded_already_needs_no_successor()
    {
        var (old, head) = await BoosterAsync();
        Assert.True((await RevokeAsync(old, RevocationReason.Leaked)).Value is { Certificates: 1, IsEnqueued: false });
        Assert.Equal([CertificateState.Revoked, CertificateState.Current], await StatesAsync(old, head));
    }

    [RequiresFact]
    public async Task A_leak_then_fraud_ends_the_lineage_all_the_same()
    {
        var (_, head) = await BoosterAsync();
        await RevokeAsync(head, RevocationReason.Leaked);
        Assert.Equal(1, (await RevokeAsync(head, RevocationReason.Fraud)).Value!.Certificates);
        Assert.Equal(0, await ScalarAsync("select count(*) from lineage where is_open = 1"));
    }

    [RequiresFact]
    public async Task A_holder_reports_a_leak_once_and_somebody_else_never()
    {
        var (_, head) = await BoosterAsync();
        var mine = $"VNM:{Given.Number(1)}";
        var first = await store.Revoke.ReportLeakAsync(mine, head, Given.Act, default);
        var second = await store.Revoke.ReportLeakAsync(mine, head, Given.Act, default);
        var others = await store.Revoke.ReportLeakAsync($"VNM:{Given.Number(2)}", head, Given.Act, default);

        Assert.True(first.Value!.IsEnqueued && second.Value!.IsEnqueued);
        Assert.Equal(RejectionKind.NotFound, others.Rejection?.Kind);
        Assert.Equal(1, await ScalarAsync("select count(*) from revocation"));
    }

    [RequiresFact]
    public async Task What_was_revoked_for_cause_is_not_issued_again_but_a_new_dose_opens_another_lineage()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        var revoked = Assert.Single(await CertificatesAsync());
        await RevokeAsync(revoked.Slot, RevocationReason.IssuedInError);
        await CorrectAsync(Given.Row(1, 2) with { Lot = "ABV9" }, 1);
        Assert.Equal(1, (await MatchAttestIssueAsync()).Refused[DecisionReason.Revoked]);

        Assert.Equal(1, (await clinic.CertifyAsync(store, Given.Row(1, 3) with { DoseKind = "booster" })).Issued);

        var current = Assert.Single(await CertificatesAsync(), c => c.StateAt(Given.Now) == CertificateState.Current);
        Assert.True(current is { Predecessor: null, Cause: null } && current.LineageId != revoked.LineageId);
    }

    [RequiresFact]
    public async Task Neither_a_new_dose_nor_its_successor_revokes()
    {
        await BoosterAsync();
        Assert.Equal(0, await ScalarAsync("select count(*) from revocation"));
    }

    [RequiresFact]
    public async Task A_suspension_ends_by_itself_and_stops_regeneration_until_then()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        var certificate = Assert.Single(await CertificatesAsync());
        await ExecuteAsync($"update lineage set regenerate_at = {Given.Now.ToUnixTimeSeconds()}");
        var end = Given.Now.AddDays(5);
        var suspended = await store.Revoke.RevokeAsync(
            new RevocationRequest(certificate.Slot, RevocationReason.Other, "being looked into", end), Given.Act,
            default);
        Assert.Equal(1, suspended.Value!.Certificates);

        certificate = Assert.Single(await CertificatesAsync());
        Assert.Equal(CertificateState.Suspended, certificate.StateAt(end.AddSeconds(-1)));
        Assert.Equal(CertificateState.Current, certificate.StateAt(end));
        Assert.Equal(end.ToUnixTimeSeconds(), await ScalarAsync("select regenerate_at from lineage"));
        Assert.Equal(1, (await RevokeAsync(certificate.Slot, RevocationReason.Fraud)).Value!.Certificates);
        Assert.Equal(CertificateState.Revoked, Assert.Single(await CertificatesAsync()).StateAt(Given.Now));
    }

    [RequiresFact]
    public async Task Neither_a_new_dose_nor_a_leak_gets_round_a_suspension()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        var first = Assert.Single(await CertificatesAsync()).Slot;
        var end = Given.Now.AddDays(5);
        await store.Revoke.RevokeAsync(
            new RevocationRequest(first, RevocationReason.Other, "being looked into", end), Given.Act, default);

        Assert.Equal(RejectionKind.Conflict, (await store.Revoke.ReportLeakAsync(
            $"VNM:{Given.Number(1)}", first, Given.Act, default)).Rejection?.Kind);
        Assert.Equal(1, (await clinic.CertifyAsync(store, Given.Row(1, 3) with { DoseKind = "booster" })).Issued);

        var head = (await CertificatesAsync()).Single(c => c.IsLineageHead);
        Assert.Equal(CertificateState.Suspended, head.StateAt(end.AddSeconds(-1)));
        Assert.Equal(CertificateState.Current, head.StateAt(end));
    }

    [RequiresFact]
    public async Task Leaks_count_for_thirty_days()
    {
        var (old, head) = await BoosterAsync();
        for (var leak = 0; leak < RevocationRule.MostLeaks; leak++)
        {
            await ExecuteAsync(
                $"""
                insert into revocation (slot, reason, decided_at, decided_by, effective_at, undone_at, undone_by,
                    undone_reason)
                values ({old.Value}, {(int)RevocationReason.Leaked}, 0, 'test', 0, 1, 'test', 'test')
                """);
        }
        async Task<RejectionKind?> ReportAsync(DateTimeOffset leaksAt)
        {
            await ExecuteAsync(
                "update revocation set decided_at = @at, effective_at = @at", new { at = leaksAt.ToUnixTimeSeconds() });
            return (await store.Revoke.ReportLeakAsync($"VNM:{Given.Number(1)}", head, Given.Act, default))
                .Rejection?.Kind;
        }

        Assert.Equal(RejectionKind.TooOften, await ReportAsync(Given.Now.AddDays(-30).AddSeconds(1)));
        Assert.Null(await ReportAsync(Given.Now.AddDays(-30)));
    }

    [RequiresFact]
    public async Task An_expired_certificate_is_not_revoked_and_one_of_its_last_second_is()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        var certificate = Assert.Single(await CertificatesAsync());
        Task<Result<RevocationOutcome>> RevokeAtAsync(DateTimeOffset at) => store.Revoke.RevokeAsync(
            new RevocationRequest(certificate.Slot, RevocationReason.Fraud), Given.Act with { At = at }, default);

        Assert.Equal(RejectionKind.Conflict, (await RevokeAtAsync(certificate.ExpiresAt)).Rejection?.Kind);
        Assert.Equal(0, await ScalarAsync("select count(*) from revocation"));
        Assert.Equal(1, (await RevokeAtAsync(certificate.ExpiresAt.AddSeconds(-1))).Value?.Certificates);
    }

    Task<Result<RevocationOutcome>> RevokeAsync(Slot slot, RevocationReason reason) =>
        store.Revoke.RevokeAsync(new RevocationRequest(slot, reason), Given.Act, default);

    async Task<Result<RevocationOutcome>> WithdrawAsync(long record, RevocationReason why) =>
        await store.Revoke.WithdrawRecordAsync(
            null, record, await ScalarAsync($"select version from record where id = {record}"), why, Given.Act,
            default);

    /// <summary>Two certificates of the first person: two doses, then the booster.</summary>
    async Task<(Slot Old, Slot Head)> BoosterAsync()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        await clinic.CertifyAsync(store, Given.Row(1, 3) with { DoseKind = "booster" });
        var certificates = await CertificatesAsync();
        return (certificates.Single(c => !c.IsLineageHead).Slot, certificates.Single(c => c.IsLineageHead).Slot);
    }

    async Task<IssueCounts> MatchAttestIssueAsync()
    {
        await Clinic.MatchAsync(store);
        await clinic.AttestAsync(store);
        return await clinic.IssueAsync(store);
    }

    async Task<CertificateState[]> StatesAsync(params Slot[] slots)
    {
        var certificates = (await CertificatesAsync()).ToDictionary(c => c.Slot);
        return [.. slots.Select(slot => certificates[slot].StateAt(Given.Now))];
    }
}

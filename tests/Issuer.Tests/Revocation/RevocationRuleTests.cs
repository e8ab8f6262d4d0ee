using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Tests.Revocation;

/// <summary>The rules of design.md section 2, row by row.</summary>
public sealed class RevocationRuleTests
{
    static readonly DateTimeOffset Now = Given.Now;

    /// <summary>
    /// Why, whether it closes the lineage, days of grace of a withdrawn record, again, with a note, urgent.
    /// </summary>
    public static TheoryData<RevocationReason, bool, int?, bool, bool, bool> Reasons => new()
    {
        { RevocationReason.Fraud, true, 0, false, false, true },
        { RevocationReason.IssuedInError, true, 0, false, false, false },
        { RevocationReason.WrongData, true, 14, false, false, false },
        { RevocationReason.RecordWithdrawn, true, 0, true, false, false },
        { RevocationReason.Duplicate, true, 14, false, false, false },
        { RevocationReason.Leaked, false, null, true, false, true },
        { RevocationReason.HolderRequest, true, null, false, false, false },
        { RevocationReason.Deceased, true, null, false, false, false },
        { RevocationReason.Other, true, 0, false, true, false },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_means_what_its_row_says(
        RevocationReason reason, bool lineage, int? recordGrace, bool again, bool note, bool urgent)
    {
        var rule = reason.Rule();

        Assert.Equal(
            (lineage, recordGrace, again, note, urgent),
            (rule.ReachesLineage, (int?)rule.RecordGrace?.TotalDays, rule.MayBeCertifiedAgain, rule.NeedsNote,
                rule.IsUrgent));
    }

    [Fact]
    public void Every_reason_has_its_row_and_words_of_its_own()
    {
        Assert.Equal(Enum.GetValues<RevocationReason>(), Reasons.Select(row => (RevocationReason)((object[])row)[0]));
        var words = Enum.GetValues<RevocationReason>().Select(reason => reason.Rule().Words).ToList();
        Assert.Equal(words.Count, words.DistinctBy(text => text.Vi).Count());
        Assert.Equal(words.Count, words.DistinctBy(text => text.En).Count());
    }

    [Theory]
    [InlineData(SuccessionCause.Regenerated, null)]
    [InlineData(SuccessionCause.NewDose, null)]
    [InlineData(SuccessionCause.Merged, null)]
    [InlineData(SuccessionCause.Leaked, null)]
    [InlineData(SuccessionCause.KeyWithdrawn, null)]
    [InlineData(SuccessionCause.Corrected, 14)]
    [InlineData(SuccessionCause.DoseWithdrawn, 14)]
    public void Only_a_correction_revokes_its_predecessor_and_after_a_grace(SuccessionCause cause, int? days) =>
        Assert.Equal(days, SuccessionRule.GraceOf(cause)?.TotalDays);

    [Theory]
    [InlineData(DecisionReason.NoDose, true)]
    [InlineData(DecisionReason.IncompleteCourse, true)]
    [InlineData(DecisionReason.NotAttested, true)]
    [InlineData(DecisionReason.Held, false)]
    [InlineData(DecisionReason.ConflictingDoses, false)]
    [InlineData(DecisionReason.CloseDoses, false)]
    [InlineData(DecisionReason.MissingDose, false)]
    [InlineData(DecisionReason.ProductNotCertified, false)]
    [InlineData(DecisionReason.LintFailed, false)]
    public void A_hold_a_question_a_policy_or_a_fault_of_ours_takes_nothing_away(DecisionReason reason, bool ends) =>
        Assert.Equal(ends, SuccessionRule.EndsEntitlement([new Refusal(reason)]));

    [Fact]
    public void A_hold_beside_other_reasons_still_takes_nothing_away() => Assert.False(SuccessionRule.EndsEntitlement(
        [new Refusal(DecisionReason.Held), new Refusal(DecisionReason.IncompleteCourse)]));

    [Fact]
    public void Statements_over_a_withdrawn_dose_no_longer_stand()
    {
        Dose DoseOf(long id) => new(
            id, "79001", "EU/1/21/1529", (int)id, DoseKind.Primary, new DateOnly(2022, (int)id, 1), true, false);
        var left = SuccessionRule.Remaining([DoseOf(3), DoseOf(1), DoseOf(2)], new HashSet<long> { 2 });
        Assert.Equal([(1, true), (3, false)], left.Select(d => (d.RecordId, d.IsAttested)));
    }

    [Theory]
    [InlineData(-1, RejectionKind.Conflict)]
    [InlineData(0, RejectionKind.Conflict)]
    [InlineData(1, null)]
    public void What_has_expired_is_not_revoked_any_more(int secondsLeft, RejectionKind? refused) => Assert.Equal(
        refused, RevocationRule.Refuse(Found() with { ExpiresAt = Now.AddSeconds(secondsLeft) }, Now)?.Kind);

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, RejectionKind.TooOften)]
    public void Whoever_loses_more_than_three_has_another_trouble(int leaks, RejectionKind? refused) =>
        Assert.Equal(refused, RevocationRule.RefuseLeak(Found(), leaks, Now)?.Kind);

    [Theory]
    [InlineData(null, RejectionKind.Conflict)]
    [InlineData(1, RejectionKind.Conflict)]
    [InlineData(0, null)]
    public void Nobody_loses_what_is_revoked_or_suspended(int? secondsSuspended, RejectionKind? refused)
    {
        DateTimeOffset? until = secondsSuspended is { } seconds ? Now.AddSeconds(seconds) : null;

        Assert.Equal(refused, RevocationRule.RefuseLeak(
            Found() with { Standing = new DeclaredRevocation(RevocationReason.Other, Now.AddDays(-1), until) }, 0,
            Now)?.Kind);
    }

    [Theory]
    [InlineData(0, null, CertificateState.Revoked)]
    [InlineData(1, null, CertificateState.Current)]
    [InlineData(0, 1, CertificateState.Suspended)]
    [InlineData(-2, -1, CertificateState.Current)]
    public void Revoked_only_from_its_day_on_and_suspended_until_its_end(
        int effective, int? until, CertificateState state)
    {
        var certificate = Certificate() with
        {
            Revocation = new DeclaredRevocation(
                RevocationReason.WrongData, Now.AddDays(effective), until is { } days ? Now.AddDays(days) : null),
        };
        Assert.Equal(state, certificate.StateAt(Now));
    }

    [Fact]
    public void What_a_withdrawn_key_signed_counts_as_revoked() =>
        Assert.Equal(CertificateState.Revoked, (Certificate() with { IsKeyWithdrawn = true }).StateAt(Now));

    [Fact]
    public void Every_reason_is_spelled_as_the_contract_has_it()
    {
        Assert.Equal(
            ["fraud", "issued-in-error", "wrong-data", "record-withdrawn", "duplicate", "leaked", "holder-request",
                "deceased", "other"],
            RevocationReasons.All);
        Assert.True(RevocationReasons.TryRead("issued-in-error", out var read));
        Assert.Equal(RevocationReason.IssuedInError, read);
        Assert.False(RevocationReasons.TryRead("Fraud", out _));
        Assert.False(RevocationReasons.TryRead(null, out _));
    }

    static RevocableCertificate Found() => new(new Slot(1), 1, [], Now.AddDays(300), null, IsHead: true);

    static IssuedCertificate Certificate() => new(
        new Slot(1), 1, null, null, "", Now.AddDays(-10), Now.AddDays(300), true, "", [], []);
}

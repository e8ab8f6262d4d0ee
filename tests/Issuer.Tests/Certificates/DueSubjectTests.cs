using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Tests.Certificates;

/// <summary>A person and their lineage as a decision sees them.</summary>
public sealed class DueSubjectTests
{
    static readonly byte[] Content = [1, 2, 3];

    static readonly LineageHead Head = new(5, new Slot(7), Content, 2);

    static readonly LineageHead Closed = Head with { IsOpen = false };

    [Fact]
    public void An_open_lineage_goes_on_and_whoever_has_none_has_none()
    {
        Assert.Equal(Head, Subject(Head).At(Given.Now).Lineage);
        Assert.Null(Subject(null).At(Given.Now).Lineage);
        Assert.Null(Subject(null).At(Given.Now).RevokedContent);
    }

    [Fact]
    public void A_lineage_goes_on_while_its_grace_runs_and_not_a_second_longer()
    {
        var closing = Closed with
        {
            Revocation = new DeclaredRevocation(RevocationReason.WrongData, Given.Now.AddDays(14)),
        };

        Assert.Equal(closing, Subject(closing).At(Given.Now.AddDays(14).AddSeconds(-1)).Lineage);
        Assert.Null(Subject(closing).At(Given.Now.AddDays(14)).Lineage);
    }

    [Theory]
    [InlineData(RevocationReason.Fraud, true)]
    [InlineData(RevocationReason.WrongData, true)]
    [InlineData(RevocationReason.HolderRequest, true)]
    [InlineData(RevocationReason.RecordWithdrawn, false)]
    [InlineData(RevocationReason.Leaked, false)]
    public void What_was_revoked_for_cause_is_not_issued_again(RevocationReason reason, bool isRemembered)
    {
        var decided = Subject(Closed with { Revocation = new DeclaredRevocation(reason, Given.Now) }).At(Given.Now);

        Assert.Null(decided.Lineage);
        Assert.Equal(isRemembered ? Content : null, decided.RevokedContent);
    }

    [Fact]
    public void Whoever_had_only_ceased_to_be_entitled_may_get_the_same_again()
    {
        var ended = Closed with
        {
            Revocation = new DeclaredRevocation(RevocationReason.WrongData, Given.Now),
            EndedByGrace = true,
        };

        Assert.Null(Subject(ended).At(Given.Now).RevokedContent);
        Assert.Equal(Content, Subject(Closed).At(Given.Now).RevokedContent);
    }

    [Theory]
    [InlineData(null, 0, true)]
    [InlineData(RevocationReason.Leaked, 0, true)]
    [InlineData(RevocationReason.RecordWithdrawn, 0, false)]
    [InlineData(RevocationReason.WrongData, 1, true)]
    public void The_same_content_needs_no_successor_unless_it_fell(RevocationReason? reason, int fallsInDays, bool says)
    {
        var head = Head with
        {
            Revocation = reason is { } why ? new DeclaredRevocation(why, Given.Now.AddDays(fallsInDays)) : null,
        };

        Assert.Equal(says, head.Says(Content, Given.Now));
        Assert.False(head.Says([1, 2, 4], Given.Now));
        Assert.False((head with { ContentDigest = null }).Says([], Given.Now));
    }

    [Theory]
    [InlineData(3, 2, false, null, SuccessionCause.NewDose)]
    [InlineData(2, 2, false, null, SuccessionCause.Corrected)]
    [InlineData(1, 2, false, null, SuccessionCause.Corrected)]
    [InlineData(1, 2, false, RevocationReason.RecordWithdrawn, SuccessionCause.DoseWithdrawn)]
    [InlineData(2, 2, false, RevocationReason.RecordWithdrawn, SuccessionCause.Corrected)]
    [InlineData(1, 2, false, RevocationReason.WrongData, SuccessionCause.Corrected)]
    [InlineData(3, 2, true, null, SuccessionCause.Merged)]
    [InlineData(3, null, false, null, SuccessionCause.Corrected)]
    public void A_successor_says_why_it_came(
        int number, int? before, bool merged, RevocationReason? revoked, SuccessionCause cause)
    {
        var head = Head with
        {
            DoseNumber = before,
            Merged = merged,
            Revocation = revoked is { } why ? new DeclaredRevocation(why, Given.Now) : null,
        };
        var entitlement = new Entitlement(
            Course.Parse("AZ")[0], Course.Policy.FindProduct("AstraZeneca")!, number, number);

        Assert.Equal(cause, PrepareCertificates.CauseOf(head, entitlement));
        Assert.Null(PrepareCertificates.CauseOf(head with { Current = null }, entitlement));
        Assert.Null(PrepareCertificates.CauseOf(null, entitlement));
    }

    static DueSubject Subject(LineageHead? lineage) => new(
        1, 1, new SubjectIdentity("Nguyễn", "Thị Mẫu", Sex.Female, PartialDate.Parse("1985"), []), [], lineage);
}

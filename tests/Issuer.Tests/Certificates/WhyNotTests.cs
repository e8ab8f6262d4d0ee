using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Records;

namespace Issuer.Tests.Certificates;

/// <summary>Whoever has no certificate is told why, whose step is next, and until when.</summary>
public sealed class WhyNotTests
{
    static readonly TimeSpan UtcOffset = TimeSpan.FromHours(7);

    /// <summary>Of a dose entered at <see cref="Given.Now"/>, five working days on.</summary>
    static readonly DateTimeOffset Due = Given.Feedback.Calendar.EndOfTerm(5, Given.Now, UtcOffset);

    static readonly PersonOnRecord Settled = new(1, true, [], [], []);

    public static TheoryData<DecisionReason, NextStep> Refused => new()
    {
        { DecisionReason.NoDose, NextStep.Facility },
        { DecisionReason.Held, NextStep.Ministry },
        { DecisionReason.NotAttested, NextStep.Facility },
        { DecisionReason.IncompleteCourse, NextStep.Holder },
        { DecisionReason.MissingDose, NextStep.Facility },
        { DecisionReason.ConflictingDoses, NextStep.Facility },
        { DecisionReason.ProductNotCertified, NextStep.Ministry },
        { DecisionReason.LintFailed, NextStep.Ministry },
        { DecisionReason.Revoked, NextStep.Ministry },
        { DecisionReason.CloseDoses, NextStep.Facility },
        { DecisionReason.TooSoon, NextStep.Facility },
        { DecisionReason.TooYoung, NextStep.Facility },
        { DecisionReason.BeforeLicence, NextStep.Facility },
        { DecisionReason.TooManyDoses, NextStep.Facility },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Every_reason_has_words_and_somebody_who_acts(DecisionReason reason, NextStep who)
    {
        var waiting = Assert.Single(Rule().Of(Settled with { Refusals = [new Refusal(reason, 2)] }, []));

        Assert.Equal((Kebab.Of(reason.ToString()), who), (waiting.Code, waiting.Who));
        Assert.NotEqual(waiting.Text.Vi, waiting.Text.En);
        Assert.Equal(new Refusal(reason, 2), Refusal.Parse(new Refusal(reason, 2).ToString()));
    }

    [Fact]
    public void No_reason_is_forgotten() => Assert.Equal(
        Enum.GetValues<DecisionReason>().Order(), Refused.Select(row => (DecisionReason)((object[])row)[0]).Order());

    [Theory]
    [InlineData(RecordState.Mismatched, "mismatched")]
    [InlineData(RecordState.NotFound, "not-found")]
    [InlineData(RecordState.MissingId, "missing-id")]
    [InlineData(RecordState.BadIdFormat, "bad-id-format")]
    public void A_record_that_does_not_match_is_the_facilitys_and_then_the_provinces(RecordState state, string code)
    {
        var record = Dose(1) with { State = state };

        Assert.Equal((code, NextStep.Facility, Due), Turn(Rule(Due.AddSeconds(-1)).Of(record)));
        Assert.Equal((code, NextStep.Province, Due), Turn(Rule(Due).Of(record)));
        Assert.Equal((code, NextStep.Ministry, Due), Turn(Rule(Due).Of(record with { Province = null })));
    }

    [Fact]
    public void A_record_that_was_not_compared_yet_waits_for_nobody() => Assert.Equal(
        ("pending", NextStep.Service, null), Turn(Rule().Of(Dose(1) with { State = RecordState.Pending })));

    [Fact]
    public void Each_dose_that_is_not_signed_for_is_named_once_with_its_day_and_place()
    {
        var person = Settled with
        {
            Doses = [Dose(1), Dose(2) with { IsSignedFor = false }],
            Refusals = [new Refusal(DecisionReason.NotAttested), new Refusal(DecisionReason.IncompleteCourse)],
        };

        var waiting = Rule().Of(person, []);

        Assert.Equal(["not-attested", "incomplete-course"], waiting.Select(one => one.Code));
        Assert.Equal(Due, waiting[0].By);
        Assert.Contains("2021-10-29 at facility 79001", waiting[0].Text.En, StringComparison.Ordinal);
        Assert.Contains("29/10/2021 tại cơ sở 79001", waiting[0].Text.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_held_dose_is_the_ministrys() => Assert.Equal(
        ("held", NextStep.Ministry, null),
        Turn(Assert.Single(Rule().Of(Settled with { Doses = [Dose(1) with { Held = HoldReason.Manual }] }, []))));

    [Fact]
    public void A_dose_beyond_what_was_received_is_its_facilitys_and_then_the_provinces()
    {
        var person = Settled with { Doses = [Dose(1) with { Held = HoldReason.StockOverrun }] };
        Assert.Equal(("held", NextStep.Facility, Due), Turn(Assert.Single(Rule().Of(person, []))));
        Assert.Equal(("held", NextStep.Province, Due), Turn(Assert.Single(Rule(Due).Of(person, []))));
    }

    [Fact]
    public void Doses_held_together_are_the_provinces_to_look_at_and_then_the_ministrys()
    {
        var dose = Dose(1) with { Held = HoldReason.Suspicion, ReviewDueAt = Due };
        Assert.Equal(
            ("held", NextStep.Province, Due),
            Turn(Assert.Single(Rule().Of(Settled with { Doses = [dose] }, []))));
        Assert.Equal(
            ("held", NextStep.Ministry, null),
            Turn(Assert.Single(Rule(Due).Of(Settled with { Doses = [dose] }, []))));
        Assert.Equal(
            ("held", NextStep.Ministry, null),
            Turn(Assert.Single(Rule().Of(Settled with { Doses = [dose with { Province = null }] }, []))));
    }

    [Fact]
    public void Every_reason_of_a_hold_has_words_of_its_own() => Assert.Equal(
        4,
        Enum.GetValues<HoldReason>().Except([HoldReason.None])
            .Select(reason => WaitingTexts.Held(reason, Given.Record()).En).Distinct().Count());

    [Fact]
    public void What_changed_since_the_last_decision_is_decided_by_itself() => Assert.Equal(
        "being-decided", Assert.Single(Rule().Of(Settled with { IsDecided = false }, [])).Code);

    [Fact]
    public void Where_nothing_is_missing_nothing_waits() =>
        Assert.Empty(Rule().Of(Settled with { Doses = [Dose(1), Dose(2)] }, []));

    [Fact]
    public void A_question_is_told_with_its_owner_and_day_and_a_warning_is_not()
    {
        var question = new OpenQuestion(
            DecisionReason.TooSoon,
            new AskedDose(2, 1, Given.Facility, "79", "1-2", "EU/1/21/1529", 2, new DateOnly(2021, 9, 10)), null, null,
            Given.Now, false);
        var person = Settled with { Questions = [question], Refusals = [new Refusal(DecisionReason.TooSoon)] };

        Assert.Equal(("too-soon", NextStep.Facility, Due), Turn(Assert.Single(Rule().Of(person, []))));
        Assert.Equal(("too-soon", NextStep.Province, Due), Turn(Assert.Single(Rule(Due).Of(person, []))));
        Assert.Empty(Rule().Of(Settled with { Questions = [question with { IsWarning = true }] }, []));
    }

    [Fact]
    public void A_facility_that_did_not_sign_for_its_record_is_told_of_that_record_alone()
    {
        var elsewhere = Dose(1, Given.OtherFacility) with { IsSignedFor = false };
        var own = Dose(2) with { IsSignedFor = false };
        var person = Settled with
        {
            Doses = [elsewhere, own],
            Refusals = [new Refusal(DecisionReason.MissingDose, 3)],
        };

        Assert.Equal(["not-attested"], Rule().Of(own, person).Select(one => one.Code));
        var signed = own with { IsSignedFor = true };
        Assert.Equal(
            ["missing-dose"], Rule().Of(signed, person with { Doses = [elsewhere, signed] }).Select(one => one.Code));
        Assert.DoesNotContain(
            Rule().Of(signed, person with { Doses = [elsewhere, signed] }),
            one => one.Text.En.Contains(Given.OtherFacility, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_record_under_ones_own_number_facility_and_day_are_told_and_nothing_else()
    {
        var text = Rule().OfTyped(Dose(1) with { State = RecordState.Mismatched }).Text.En;

        Assert.Contains("2021-08-30 at facility 79001", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nguyễn", text, StringComparison.Ordinal);
        Assert.DoesNotContain("registry", text, StringComparison.Ordinal);
    }

    static (string, NextStep, DateTimeOffset?) Turn(Waiting waiting) => (waiting.Code, waiting.Who, waiting.By);

    static WhyNot Rule(DateTimeOffset? now = null) => new(Given.Feedback.Calendar, UtcOffset, now ?? Given.Now);

    static DoseOnRecord Dose(int dose, string facility = Given.Facility) => new(
        new StoredRecord(dose, 1, Given.Record(Given.Row(1, dose, facility))), RecordState.Matched, true, HoldReason.None,
        Given.Now, "79");
}

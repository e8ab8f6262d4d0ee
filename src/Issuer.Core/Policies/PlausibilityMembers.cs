using Issuer.Core.Records;

namespace Issuer.Core.Policies;

/// <summary>The members of a <c>plausibility</c> policy.</summary>
static class PlausibilityMembers
{
    const int MostRules = 200;
    const int LongestDays = 36_500;
    const int HighestDoses = 100;
    const int OldestYears = 100;

    public static PlausibilityPolicy Read(PolicyFields fields, DateOnly validFrom) => new(
        [.. fields["intervals"].List(MostRules, item => item.Members(ReadInterval)).OfType<LeastInterval>()],
        [.. fields["ages"].List(MostRules, item => item.Members(ReadAge)).OfType<LicensedAge>()],
        fields["tooYoung"].Word<PlausibilityRule>(),
        [.. fields["mostDoses"].List(MostRules, item => item.Members(ReadMost)).OfType<MostDoses>()]);

    static LeastInterval ReadInterval(PolicyFields fields) => new(
        fields.Has("product") ? fields["product"].Text() : null,
        fields.Has("doseKind") ? fields["doseKind"].Word<DoseKind>() : null,
        fields["days"].Whole(1, LongestDays), fields["rule"].Word<PlausibilityRule>());

    static LicensedAge ReadAge(PolicyFields fields) => new(
        fields["product"].Text(), fields["years"].Whole(0, OldestYears), fields["from"].Day(),
        fields["rule"].Word<PlausibilityRule>());

    static MostDoses ReadMost(PolicyFields fields) => new(
        fields["doses"].Whole(1, HighestDoses), fields["days"].Whole(1, LongestDays),
        fields["rule"].Word<PlausibilityRule>());
}

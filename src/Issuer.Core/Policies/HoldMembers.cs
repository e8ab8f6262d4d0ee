using Issuer.Core.Holds;

namespace Issuer.Core.Policies;

/// <summary>The members of a <c>holds</c> policy.</summary>
static class HoldMembers
{
    const int MostWindows = 10;
    const int MostKinds = 100;
    const int MostAccounts = 1000;
    const int LongestDays = 366;
    const int HighestDoses = 1_000_000;
    const int HighestPercent = 10_000;
    const int MostStaff = 10_000;

    /// <summary>In place of what could not be read.</summary>
    static readonly ShareLimit Nobody = new(HighestDoses, 100, 100);

    public static HoldPolicy Read(PolicyFields fields, DateOnly validFrom)
    {
        var windows = fields["windows"].List(MostWindows, item => item.Members(ReadWindow)).OfType<HoldWindow>()
            .ToList();
        fields.Require("windows", windows.Count > 0, "must name at least one window");
        fields.Require(
            "windows", windows.Zip(windows.Skip(1)).All(pair => pair.First.Days < pair.Second.Days),
            "must be in order, the shortest first");
        var capacities = fields["capacities"].List(MostKinds, item => item.Members(ReadKind)).OfType<KindCapacity>()
            .ToList();
        fields.Require(
            "capacities", capacities.DistinctBy(c => c.Kind).Count() == capacities.Count, "names a kind twice");
        var late = fields["late"].Members(item => new LateRule(
            item["afterDays"].Whole(1, LongestDays), ReadShare(item)));
        var night = fields["night"].Members(item => new NightRule(
            new NightHours(item["fromHour"].Whole(12, 24), item["toHour"].Whole(0, 12)), ReadShare(item)));
        return new HoldPolicy(
            windows, fields["pastDays"].Whole(1, LongestDays), fields["leastActiveDays"].Whole(1, LongestDays),
            fields["dosesPerHour"].Whole(1, MostStaff), capacities,
            fields["otherKinds"].Members(ReadCapacity) ?? new Capacity(1, 1))
        {
            WorkingDays = fields["workingDays"].Whole(1, LongestDays),
            Boosters = Share(fields, "boosters"),
            Exempt = Share(fields, "exempt"),
            LateAfterDays = late?.AfterDays ?? 1,
            Late = late?.Share ?? Nobody,
            Far = Share(fields, "far"),
            NightHours = night?.Hours ?? new NightHours(24, 0),
            Night = night?.Share ?? Nobody,
            Together = fields["together"].Members(ReadTogether) ?? new TogetherLimit(1, 100, 0, 1),
            ServiceAccounts = fields["serviceAccounts"].Set(MostAccounts, account => account.Text()),
        };
    }

    static HoldWindow ReadWindow(PolicyFields fields) => new(
        fields["days"].Whole(1, LongestDays), fields["leastDoses"].Whole(1, HighestDoses),
        fields["percentOfPast"].Whole(100, HighestPercent));

    static KindCapacity ReadKind(PolicyFields fields)
    {
        var (staff, hours) = ReadCapacity(fields);
        return new KindCapacity(fields["kind"].Text(), staff, hours);
    }

    static Capacity ReadCapacity(PolicyFields fields) =>
        new(fields["staff"].Whole(1, MostStaff), fields["hours"].Whole(1, 24));

    static ShareLimit Share(PolicyFields fields, string name) =>
        fields[name].Members(ReadShare) ?? Nobody;

    static ShareLimit ReadShare(PolicyFields fields) => new(
        fields["least"].Whole(1, HighestDoses), fields["percent"].Whole(1, 100), fields["rise"].Whole(0, 100));

    static TogetherLimit ReadTogether(PolicyFields fields) => new(
        fields["least"].Whole(1, HighestDoses), fields["percent"].Whole(1, 100), fields["pastPercent"].Whole(0, 100),
        fields["leastDays"].Whole(1, LongestDays));

    sealed record LateRule(int AfterDays, ShareLimit Share);

    sealed record NightRule(NightHours Hours, ShareLimit Share);
}

using Issuer.Core.Feedback;

namespace Issuer.Core.Policies;

/// <summary>The members of a <c>feedback</c> policy.</summary>
static class FeedbackMembers
{
    const int MostWorkingDays = 60;
    const int MostHolidays = 2000;
    const int MostADay = 100_000;

    public static FeedbackPolicy Read(PolicyFields fields, DateOnly validFrom)
    {
        var daysOff = fields["daysOff"].Set(7, day => day.Word<DayOfWeek>());
        fields.Require("daysOff", daysOff.Count < 7, "must leave a day of work in the week");
        return new FeedbackPolicy(
            validFrom, fields["workingDays"].Whole(1, MostWorkingDays),
            new WorkCalendar(daysOff, fields["holidays"].Set(MostHolidays, day => day.Day())),
            fields["reportsPerDay"].Whole(1, MostADay), fields["deskReportsPerDay"].Whole(1, MostADay),
            fields["deskLookUpsPerDay"].Whole(1, MostADay));
    }
}

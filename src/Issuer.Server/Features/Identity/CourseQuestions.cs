using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Features.Identity;

/// <summary>A question with the day it is due and who answers it now.</summary>
sealed record DueQuestion(OpenQuestion Question, DateTimeOffset DueAt, QuestionOwner Owner);

/// <summary>Questions about courses, by the policy and the clock of now.</summary>
sealed class CourseQuestions(ICourseQuestionStore store, NationalClock clock, PoliciesNow policies)
{
    public async Task<IReadOnlyList<DueQuestion>> PageAsync(
        WorklistQuery query, long after, int limit, CancellationToken cancel)
    {
        var now = clock.Now;
        var (calendar, utcOffset) = (policies.Feedback.Calendar, policies.Validity.UtcOffset);
        return [.. (await store.PageAsync(query.Own, query.Wanted, after, limit, cancel)).Select(question =>
        {
            var dueAt = CourseQuestionRule.DueAt(question.AskedAt, calendar, utcOffset);
            return new DueQuestion(question, dueAt, CourseQuestionRule.OwnerOf(question.Raised.Province, dueAt, now));
        })];
    }
}

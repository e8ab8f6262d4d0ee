using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Identity;

namespace Issuer.Server.Edge.Rest.Identity;

/// <summary>A dose that a question is about, as both facilities may see it.</summary>
/// <param name="Version">For <c>If-Match</c>.</param>
/// <param name="DoseNumber">As the clerk typed it.</param>
sealed record AskedDoseView(
    string RecordId, long Version, string Facility, string Reference, string Product, int? DoseNumber,
    DateOnly VaccinatedOn)
{
    public static AskedDoseView Of(AskedDose dose, PathIds ids) => new(
        ids.Records.Of(dose.RecordId), dose.Version, dose.Facility, dose.Reference, dose.Product, dose.DoseNumber,
        dose.VaccinatedOn);
}

/// <summary>A question about a person's doses.</summary>
/// <param name="Reason">
/// <c>conflicting-doses</c>, <c>close-doses</c>, <c>missing-dose</c>, <c>too-soon</c>, <c>too-young</c>,
/// <c>before-licence</c> or <c>too-many-doses</c>.
/// </param>
/// <param name="Counts">The dose counts meanwhile: the clerk is only told.</param>
/// <param name="Confirmable">A signatory's confirmation answers it (<c>POST /v1/records/{id}/confirm</c>).</param>
/// <param name="Raised">The dose that raised it.</param>
/// <param name="Other">The dose that it contradicts or is too close to.</param>
/// <param name="MissingDose">The lowest number that no dose has, when that is the question.</param>
/// <param name="DueAt">From then on it is late.</param>
/// <param name="Owner">
/// Who answers it now: <c>facility</c>; once it is late <c>province</c>, or <c>ministry</c> for units outside
/// provinces.
/// </param>
sealed record CourseQuestionView(
    string Reason, string MessageVi, string MessageEn, AskedDoseView Raised, AskedDoseView? Other, int? MissingDose,
    DateTimeOffset AskedAt, DateTimeOffset DueAt, string Owner, bool Counts, bool Confirmable)
{
    public static CourseQuestionView Of(DueQuestion due, PathIds ids)
    {
        var question = due.Question;
        var text = CourseQuestionRule.TextOf(question);
        return new CourseQuestionView(
            Kebab.Of(question.Reason.ToString()), text.Vi, text.En, AskedDoseView.Of(question.Raised, ids),
            question.Other is { } other ? AskedDoseView.Of(other, ids) : null, question.Missing, question.AskedAt,
            due.DueAt, Kebab.Of(due.Owner.ToString()), question.IsWarning, ConfirmDose.Answers(question.Reason));
    }
}

/// <summary>A piece of the questions.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record CourseQuestionListView(IReadOnlyList<CourseQuestionView> Questions, string? Next);

using Grpc.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Identity;
using Issuer.Server.Edge.Rest.Records;
using Issuer.Server.Features.Identity;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Grpc;

/// <summary><c>issuer.v1.Worklist</c>: records that wait for somebody, as <see cref="WorklistEndpoints"/> has them.
/// </summary>
sealed class GrpcWorklist(
    NationalClock clock, CorrectRecords correct, WorklistPages worklist, CourseQuestions questions,
    ConfirmDose confirm, ReleaseAnswer release, RecentCheckContext checks, PathIds ids)
    : V1.Worklist.WorklistBase
{
    [For(Roles.FacilityClerk, Roles.Commune, Roles.Province, Roles.MinistryOperator)]
    public override async Task<V1.WorklistPage> List(V1.ListWorklistRequest request, ServerCallContext context)
    {
        var page = Page.Of(ids.Records, request.After, request.Limit.OrNull());
        var query = WorklistEndpoints.QueryOf(
            context.User(), request.ErrorGroup, request.Facility.OrNull(), request.Commune.OrNull(),
            request.Province.OrNull());
        var found = await worklist.PageAsync(
            query, WorklistEndpoints.IsCourse(request.ErrorGroup), page.After, page.Limit, context.CancellationToken);
        return new V1.WorklistPage
        {
            Items = { found.Items.Select(item => ItemOf(WorklistItemView.Of(item, found.Waiting, ids))) },
            Next = page.NextOf(ids.Records, [.. found.Items.Select(item => item.Record.Id)]) ?? "",
        };
    }

    [For(Roles.FacilityClerk, Roles.Commune, Roles.Province, Roles.MinistryOperator)]
    public override async Task<V1.CourseQuestionPage> ListCourse(
        V1.ListCourseRequest request, ServerCallContext context)
    {
        var page = Page.Of(ids.Records, request.After, request.Limit.OrNull());
        var open = await questions.PageAsync(
            WorklistEndpoints.QueryOf(
                context.User(), null, request.Facility.OrNull(), request.Commune.OrNull(), request.Province.OrNull()),
            page.After, page.Limit, context.CancellationToken);
        return new V1.CourseQuestionPage
        {
            Questions = { open.Select(question => QuestionOf(CourseQuestionView.Of(question, ids))) },
            Next = page.NextOf(ids.Records, [.. open.Select(question => question.Question.Raised.RecordId)]) ?? "",
        };
    }

    [For(Roles.FacilityClerk)]
    public override async Task<V1.AcceptedSuggestion> AcceptSuggestion(
        V1.AcceptSuggestionRequest request, ServerCallContext context)
    {
        var (user, cancel) = (context.User(), context.CancellationToken);
        var facility = Caller.FacilityOf(user);
        if (!ids.Records.TryRead(request.RecordId, out var record))
        {
            throw new RefusedException(SubmitOne.NoSuchRecord);
        }
        var accepted = AcceptedView.Of(request.RecordId, await correct.AcceptAsync(
            facility, record, request.Version, await checks.GetAsync(cancel), clock.Act(Caller.SubjectOf(user)),
            cancel)).OrRefuse();
        return new V1.AcceptedSuggestion { Id = accepted.Id, Version = accepted.Version, State = accepted.State };
    }

    [For(Roles.FacilitySignatory, Roles.Province, Roles.MinistryOperator)]
    public override async Task<V1.ConfirmedDose> ConfirmDose(V1.ConfirmDoseRequest request, ServerCallContext context)
    {
        var user = context.User();
        var scope = ConfirmEndpoint.ScopeOf(user);
        Caller.RequireRecentAuthentication(user, clock.Now);
        if (!ids.Records.TryRead(request.RecordId, out var record))
        {
            throw new RefusedException(SubmitOne.NoSuchRecord);
        }
        RefusedException.ThrowIf(await confirm.RunAsync(
            scope, record, request.Version, clock.Act(Caller.SubjectOf(user)), context.CancellationToken));
        return new V1.ConfirmedDose();
    }

    [For(Roles.Desk, Roles.Province, Roles.MinistryOperator)]
    public override async Task<V1.ReleasedAnswer> ReleaseAnswer(
        V1.ReleaseAnswerRequest request, ServerCallContext context)
    {
        var user = context.User();
        var scope = Caller.AreaOf(user);
        if (!ids.Records.TryRead(request.RecordId, out var record))
        {
            throw new RefusedException(SubmitOne.NoSuchRecord);
        }
        RefusedException.ThrowIf(await release.RunAsync(
            scope, record, clock.Act(Caller.SubjectOf(user)), context.CancellationToken));
        return new V1.ReleasedAnswer();
    }

    static V1.CourseQuestion QuestionOf(CourseQuestionView view)
    {
        var question = new V1.CourseQuestion
        {
            Reason = view.Reason, MessageVi = view.MessageVi, MessageEn = view.MessageEn, Raised = DoseOf(view.Raised),
            MissingDose = view.MissingDose ?? 0, AskedAt = view.AskedAt.ToUnixTimeSeconds(),
            DueAt = view.DueAt.ToUnixTimeSeconds(),
            Owner = view.Owner, Counts = view.Counts, Confirmable = view.Confirmable,
        };
        if (view.Other is { } other)
        {
            question.Other = DoseOf(other);
        }
        return question;
    }

    static V1.AskedDose DoseOf(AskedDoseView view) => new()
    {
        RecordId = view.RecordId, Version = view.Version, Facility = view.Facility, Reference = view.Reference,
        Product = view.Product, DoseNumber = view.DoseNumber ?? 0, VaccinatedOn = view.VaccinatedOn.ToString("o"),
    };

    static V1.WorklistItem ItemOf(WorklistItemView view) => new()
    {
        RecordId = view.RecordId, Version = view.Version, Facility = view.Facility, Reference = view.Reference,
        Commune = view.Commune ?? "", Province = view.Province ?? "", ErrorGroup = view.ErrorGroup, State = view.State,
        Differs = { view.Differs }, Suggestion = view.Suggestion ?? "", Acceptable = view.Acceptable,
        FamilyName = view.FamilyName, GivenName = view.GivenName, Sex = view.Sex, DateOfBirth = view.DateOfBirth,
        IdentityType = view.IdentityType ?? "", IdentityNumber = view.IdentityNumber,
        Waiting = { view.Waiting.Select(GrpcRecords.WaitingOf) },
    };
}

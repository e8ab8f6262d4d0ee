using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using V1 = Issuer.Server.Edge.Grpc.V1;

namespace Issuer.Server.Tests.Grpc;

/// <summary>What a facility does over gRPC with what waits for it, beside the same over REST.</summary>
public sealed class WorklistTwinTests : FacilityTwins
{
    [Fact]
    public async Task The_worklist_is_the_same_and_a_suggestion_is_accepted_once()
    {
        using var clerk = service.Clerk();
        using var grpc = Clerk();
        await SwappedAsync(clerk, "swapped");
        await service.RoundAsync();
        var rest = Assert.Single((await clerk.GetAsync("/v1/worklist?error_group=3").JsonAsync(HttpStatusCode.OK))
            .GetProperty("items").EnumerateArray());
        var item = Assert.Single((await grpc.CallAsync(
            "/issuer.v1.Worklist/List", new V1.ListWorklistRequest { ErrorGroup = "3" })).Read(V1.WorklistPage.Parser)
            .Items);
        AssertSame(rest, item);
        Assert.Empty((await grpc.CallAsync(
            "/issuer.v1.Worklist/List", new V1.ListWorklistRequest { ErrorGroup = "1" })).Read(V1.WorklistPage.Parser)
            .Items);
        Assert.Equal(
            ["error_group:not-listed"],
            (await grpc.CallAsync("/issuer.v1.Worklist/List", new V1.ListWorklistRequest { ErrorGroup = "9" })).Faults);

        var accept = new V1.AcceptSuggestionRequest { RecordId = item.RecordId, Version = 1 };
        var accepted = (await grpc.CallAsync("/issuer.v1.Worklist/AcceptSuggestion", accept))
            .Read(V1.AcceptedSuggestion.Parser);
        Assert.Equal((item.RecordId, 2, "pending"), (accepted.Id, accepted.Version, accepted.State));
        var again = await grpc.CallAsync("/issuer.v1.Worklist/AcceptSuggestion", accept);
        using var restAgain = new HttpRequestMessage(
            HttpMethod.Post, $"/v1/records/{item.RecordId}/accept-suggestion");
        restAgain.Headers.IfMatch.ParseAdd("\"1\"");
        var conflict = await clerk.SendAsync(restAgain).JsonAsync(HttpStatusCode.Conflict);
        Assert.Equal((StatusCode.Aborted, conflict.GetProperty("detail").GetString()), (again.Status, again.Message));
        Assert.Equal(conflict.Faults(), again.Faults);
    }

    [Fact]
    public async Task A_question_about_a_course_is_asked_alike_in_both_languages_and_by_its_day()
    {
        using var clerk = service.Clerk();
        using var other = service.Clerk(RunningService.OtherFacility);
        using var grpc = Clerk();
        await clerk.SubmitAsync(Person.Hoa.Dose("first", 1, "2026-09-01"));
        await clerk.SubmitAsync(Person.Hoa.Dose("too-close", 1, "2026-09-03"));
        await service.RoundAsync();

        var rest = Assert.Single((await clerk.GetAsync("/v1/worklist/course").JsonAsync(HttpStatusCode.OK))
            .GetProperty("questions").EnumerateArray());
        var question = Assert.Single((await grpc.CallAsync(
            "/issuer.v1.Worklist/ListCourse", new V1.ListCourseRequest()))
                .Read(V1.CourseQuestionPage.Parser).Questions);
        Assert.Equal(("close-doses", "facility", "too-close", "first"),
            (question.Reason, question.Owner, question.Raised.Reference, question.Other.Reference));
        Assert.Equal("close-doses", rest.GetProperty("reason").GetString());
        Assert.Equal(question.MessageVi, rest.GetProperty("message_vi").GetString());
        Assert.Equal(question.MessageEn, rest.GetProperty("message_en").GetString());
        Assert.Equal(question.Raised.RecordId, rest.GetProperty("raised").GetProperty("record_id").GetString());
        Assert.Equal(question.DueAt, rest.GetProperty("due_at").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Empty((await other.GetAsync("/v1/worklist/course").JsonAsync(HttpStatusCode.OK))
            .GetProperty("questions").EnumerateArray());

        using var marked = await clerk.PostAsJsonAsync(
            $"/v1/duplicates/{question.Raised.RecordId}/merge", new { original = question.Other.RecordId });
        Assert.Equal(HttpStatusCode.NoContent, marked.StatusCode);
        await service.RoundAsync();
        Assert.Empty((await clerk.GetAsync("/v1/worklist/course").JsonAsync(HttpStatusCode.OK))
            .GetProperty("questions").EnumerateArray());
    }

    [Fact]
    public async Task An_unlikely_dose_is_confirmed_alike_by_somebody_who_did_not_enter_it()
    {
        using var clerk = service.Clerk();
        var token = SignatoryToken(service.Now);
        using var signatory = service.Client(token);
        foreach (var (reference, day) in new[] { ("early-1", "2026-09-01"), ("early-2", "2026-09-12") })
        {
            var dose = Person.Hoa.Dose(reference, 1, day);
            dose.Remove("dose_number");
            await clerk.SubmitAsync(dose);
        }
        await service.RoundAsync();
        var question = Assert.Single((await clerk.GetAsync("/v1/worklist/course").JsonAsync(HttpStatusCode.OK))
            .GetProperty("questions").EnumerateArray());
        Assert.Equal("too-soon", question.GetProperty("reason").GetString());
        Assert.True(question.GetProperty("confirmable").GetBoolean());
        Assert.False(question.GetProperty("counts").GetBoolean());
        var raised = question.GetProperty("raised").GetProperty("record_id").GetString()!;

        using var confirm = new HttpRequestMessage(HttpMethod.Post, $"/v1/records/{raised}/confirm");
        confirm.Headers.Add("If-Match", "\"2\"");
        var refused = await signatory.SendAsync(confirm).JsonAsync(HttpStatusCode.Conflict);
        using var grpc = service.Grpc(token);
        var twin = await grpc.CallAsync(
            "/issuer.v1.Worklist/ConfirmDose", new V1.ConfirmDoseRequest { RecordId = raised, Version = 2 });
        Assert.Equal((StatusCode.Aborted, refused.GetProperty("detail").GetString()), (twin.Status, twin.Message));

        var confirmed = await grpc.CallAsync(
            "/issuer.v1.Worklist/ConfirmDose", new V1.ConfirmDoseRequest { RecordId = raised, Version = 1 });
        Assert.Equal(StatusCode.OK, confirmed.Status);
        await service.RoundAsync();
        Assert.Empty((await clerk.GetAsync("/v1/worklist/course").JsonAsync(HttpStatusCode.OK))
            .GetProperty("questions").EnumerateArray());
    }
}

using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Issuer.Server.Edge.Rest.Records;

/// <summary><c>/v1/records</c>: steps 1 and 2, and how a facility's records stand.</summary>
static class RecordEndpoints
{
    const int MostAtOnce = 1000;

    public static void MapRecords(this IEndpointRouteBuilder routes)
    {
        var records = routes.MapGroup("/v1/records").WithTags("Records");
        records.MapPost("", SubmitAsync).For(Roles.FacilityClerk)
            .WithSummary("Submit a vaccination record, or up to 1,000 in an array")
            .WithDescription("Idempotent by facility and reference: content that was sent before is unchanged, "
                + "anything else must name the version it corrects. The answer comes when everything is durably "
                + "stored.")
            .Accepts<RecordBody>("application/json")
            .Produces<SubmittedView>(StatusCodes.Status201Created)
            .Produces<SubmittedListView>()
            .Refuses(400, 409, 413, 415, 422)
            .AddOpenApiOperationTransformer(DescribeOneOrMany);
        records.MapGet("", ListAsync).For(Roles.FacilityClerk, Roles.FacilitySignatory)
            .WithSummary("The facility's records, oldest first")
            .Produces<RecordListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
        records.MapGet("/{id}", FindAsync).For(Roles.FacilityClerk, Roles.FacilitySignatory)
            .WithSummary("The state of one of the facility's records")
            .WithDescription("The ETag is the version, which a correction must name.")
            .Produces<RecordView>().Refuses(404);
    }

    static async Task<IResult> SubmitAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, SubmitRecords submit,
        RecentCheckContext context, SubmitOne one,
        PathIds ids, CancellationToken cancel)
    {
        var (facility, actor) = (Caller.FacilityOf(user), Caller.SubjectOf(user));
        using var body = await RequestBody.JsonAsync(request, cancel);
        var json = body.RootElement;
        if (json.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            return Problem.Of(
                new Rejection(RejectionKind.Malformed, "the body must be a record or an array of records"));
        }
        if (json.ValueKind == JsonValueKind.Object)
        {
            return Answer(await one.SubmitAsync(RecordJson.Read(json), facility, actor, cancel), ids);
        }
        if (json.GetArrayLength() > MostAtOnce)
        {
            return Problem.Of(new Rejection(RejectionKind.TooLarge, $"more than {MostAtOnce} records"));
        }
        var results = await submit.SubmitAsync(
            [.. json.EnumerateArray().Select(RecordJson.Read)], facility, await context.GetAsync(cancel),
            clock.Act(actor), cancel);
        return TypedResults.Ok(
            new SubmittedListView([.. results.Select((row, i) => SubmittedItemView.Of(i, row, ids))]));
    }

    /// <summary>One record gets one answer, an array a list of them; metadata can only say one of the two.</summary>
    static Task DescribeOneOrMany(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var record = new OpenApiSchemaReference(nameof(RecordBody), context.Document);
        var records = new OpenApiSchema { Type = JsonSchemaType.Array, Items = record, MaxItems = MostAtOnce };
        operation.RequestBody!.Content!["application/json"].Schema = new OpenApiSchema { OneOf = [record, records] };
        operation.Responses!["200"].Content!["application/json"].Schema = new OpenApiSchema
        {
            OneOf =
            [
                new OpenApiSchemaReference(nameof(SubmittedView), context.Document),
                new OpenApiSchemaReference(nameof(SubmittedListView), context.Document),
            ],
        };
        return Task.CompletedTask;
    }

    static IResult Answer(Result<OneSubmitted> result, PathIds ids)
    {
        if (result.IsRefused(out var why, out var done))
        {
            return Problem.Of(why);
        }
        var view = SubmittedView.Of(done, ids);
        return done.Outcome == SubmitOutcome.Unchanged
            ? TypedResults.Ok(view)
            : TypedResults.Created($"/v1/records/{view.Id}", view);
    }

    static async Task<IResult> ListAsync(
        HttpContext http, ClaimsPrincipal user, FacilityRecords facilityRecords, Why why, PathIds ids, string? after,
        [Range(1, Page.Most)] int? limit, CancellationToken cancel)
    {
        var page = Page.Of(ids.Records, after, limit);
        var records = await facilityRecords.PageAsync(
            Caller.FacilityOf(user), page.After, page.Limit, cancel);
        var waiting = await why.OfRecordsAsync([.. records.Select(record => record.Id)], cancel);
        return Conditional.Json(http, new RecordListView(
            [.. records.Select(r => RecordView.Of(r, waiting, ids))],
            page.NextOf(ids.Records, [.. records.Select(r => r.Id)])));
    }

    static async Task<IResult> FindAsync(
        HttpContext http, string id, ClaimsPrincipal user, FacilityRecords facilityRecords, Why why, PathIds ids,
        CancellationToken cancel)
    {
        var facility = Caller.FacilityOf(user);
        if (!ids.Records.TryRead(id, out var recordId)
            || await facilityRecords.FindAsync(facility, recordId, cancel) is not { } record)
        {
            return Problem.Of(SubmitOne.NoSuchRecord);
        }
        // For If-Match, not for caches: matching changes the state and not the version.
        http.Response.Headers.ETag = FormattableString.Invariant($"\"{record.Version}\"");
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(RecordView.Of(record, await why.OfRecordsAsync([record.Id], cancel), ids));
    }
}

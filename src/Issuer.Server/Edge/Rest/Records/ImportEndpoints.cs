using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Issuer.Server.Edge.Rest.Records;

/// <summary>How an import stands.</summary>
/// <param name="State"><c>running</c>, <c>done</c>, or <c>refused</c> when the file could not be read.</param>
/// <param name="Rows">In the file; 0 until it was read.</param>
/// <param name="Done">Rows that are settled and durable.</param>
/// <param name="Why">What is wrong with a refused file, or what to do about references that stand for others.</param>
sealed record ImportView(
    string Id, string State, long Rows, long Done, long Accepted, long Corrected, long Unchanged, long Refused,
    string? Why)
{
    public static ImportView Of(ImportJob job, PathIds ids) => new(
        ids.Imports.Of(job.Id), Kebab.Of(job.State.ToString()), job.Rows, job.Done, job.Counts.Accepted,
        job.Counts.Corrected, job.Counts.Unchanged, job.Counts.Refused, job.Why);
}

/// <summary>A refused row, by its line in the file.</summary>
sealed record ImportFaultView(long Line, IReadOnlyList<FaultView> Faults);

/// <summary>A piece of an import's refused rows: only these need sending again.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record ImportFaultListView(IReadOnlyList<ImportFaultView> Rows, long? Next);

/// <summary><c>/v1/records/import</c> and <c>/v1/imports</c>: whole files of records.</summary>
static class ImportEndpoints
{
    const string Csv = "text/csv";

    /// <summary>What browsers on Windows call a CSV file when Excel is there.</summary>
    const string Excel = "application/vnd.ms-excel";

    const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const string Ndjson = "application/x-ndjson";
    const long LargestFile = 512L * 1024 * 1024;

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/records/import", ImportAsync).For(Roles.FacilityClerk).WithTags("Records")
            .WithSummary("Submit a file of records: CSV or NDJSON up to 512 MB, .xlsx up to 64 MB")
            .WithDescription("The same columns, checks and outcomes as one by one. The file is durable when this "
                + "answers, and is imported whatever happens; Location shows the progress. Without a column reference, "
                + "references are derived from facility, person and day; renumbered=true says that those of this file "
                + "begin anew, so that one which stands for another person or day is derived as well.")
            .Accepts<Stream>(Csv, Excel, Workbook, Ndjson).TakesIdempotencyKey()
            .Produces<ImportView>(StatusCodes.Status202Accepted)
            .Refuses(400, 409, 413, 415, 422, 503)
            .WithMetadata(new RequestSizeLimitAttribute(LargestFile));
        var imports = routes.MapGroup("/v1/imports/{id}").WithTags("Records");
        imports.MapGet("", FindAsync).For(Roles.FacilityClerk)
            .WithSummary("How far one of the facility's imports is").Produces<ImportView>().Refuses(404);
        imports.MapGet("/faults", FaultsAsync).For(Roles.FacilityClerk)
            .WithSummary("The refused rows of an import, by line, with all their faults")
            .WithDescription(
                "With Accept: text/csv all of them as they came, under their own header, with their faults: "
                + "correct that file and send it. Kept for thirty days.")
            .Produces<ImportFaultListView>().AlsoProducesCsv()
            .Produces(StatusCodes.Status304NotModified).Refuses(400, 404);
    }

    static async Task<IResult> ImportAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, ImportJobs imports, EnterImports enter,
        ImportFiles files, PeriodicJob<ImportUploads> runs, PathIds ids, bool? renumbered,
        CancellationToken cancel)
    {
        var facility = Caller.FacilityOf(user);
        if (FormatOf(request) is not { } format)
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType);
        }
        var key = IdempotencyKey.Of(request);
        var id = await imports.NewIdAsync(cancel);
        var digest = await files.SaveAsync(id, request.Body, cancel);
        // From here on it is decided; a caller who goes away meanwhile finds the job under the key.
        var added = await enter.EnterAsync(
            id, facility, format, renumbered == true,
            key?.For(
                $"{facility} {Caller.SubjectOf(user)}",
                $"{request.Path} {format}{(renumbered == true ? " renumbered" : "")}", digest),
            clock.Act(Caller.SubjectOf(user)), CancellationToken.None);
        if (added.IsRefused(out var why, out var job) || job.Id != id)
        {
            files.Delete(id);
        }
        if (why is not null)
        {
            return Problem.Of(why);
        }
        runs.Wake();
        return TypedResults.Accepted($"/v1/imports/{ids.Imports.Of(job!.Id)}", ImportView.Of(job, ids));
    }

    static ImportFormat? FormatOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? type.MediaType.Value?.ToLowerInvariant() switch
            {
                Csv or Excel or Workbook => ImportFormat.Csv,
                Ndjson => ImportFormat.Ndjson,
                _ => null,
            }
            : null;

    static async Task<IResult> FindAsync(
        HttpContext http, string id, ClaimsPrincipal user, ImportJobs imports, PathIds ids, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(ImportView.Of(await OwnAsync(id, user, imports, ids, cancel), ids));
    }

    static async Task<IResult> FaultsAsync(
        HttpContext http, string id, ClaimsPrincipal user, ImportJobs imports, PathIds ids,
        [Range(0, long.MaxValue)] long? after,
        [Range(1, Page.Most)] int? limit, CancellationToken cancel)
    {
        var job = await OwnAsync(id, user, imports, ids, cancel);
        http.Response.Headers.Vary = "Accept";
        if (http.Request.Headers.Accept.ToString().Contains(Csv, StringComparison.Ordinal))
        {
            http.Response.Headers.CacheControl = Conditional.Unstored;
            return TypedResults.Stream(
                body => RefusedRowsCsv.WriteAsync(body, imports, job, cancel), $"{Csv}; charset=utf-8");
        }
        var most = Page.Of(ids.Imports, null, limit).Limit;
        var faults = await imports.FaultsAsync(job.Id, after ?? 0, most, cancel);
        return Conditional.Json(http, new ImportFaultListView(
            [.. faults.Select(f => new ImportFaultView(f.Line, FaultView.ListOf(f.Faults)))],
            faults.Count < most ? null : faults[^1].Line));
    }

    static async Task<ImportJob> OwnAsync(
        string id, ClaimsPrincipal user, ImportJobs imports, PathIds ids, CancellationToken cancel) =>
        ids.Imports.TryRead(id, out var jobId)
            && await imports.FindAsync(Caller.FacilityOf(user), jobId, cancel) is { } job
            ? job
            : throw new RefusedException(
                new Rejection(RejectionKind.NotFound, "this facility has no import with this id"));
}

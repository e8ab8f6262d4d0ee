using System.Globalization;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Certificates;
using Issuer.Server.Edge.Rest.Records;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Grpc;

/// <summary><c>issuer.v1.Records</c>: steps 1 and 2 as <see cref="RecordEndpoints"/> has them.</summary>
sealed class GrpcRecords(
    NationalClock clock, SubmitRecords submit, FacilityRecords facilityRecords, RecentCheckContext checks,
    SubmitOne one, Why why, PathIds ids)
    : V1.Records.RecordsBase
{
    const int PieceSize = 500;
    const int MostRefusedTold = 1000;

    static readonly Dictionary<string, FieldDescriptor> Fields =
        V1.Record.Descriptor.Fields.InDeclarationOrder().ToDictionary(field => field.Name);

    [For(Roles.FacilityClerk)]
    public override async Task<V1.SubmittedRecord> Submit(V1.Record request, ServerCallContext context)
    {
        var user = context.User();
        return AnswerOf(await one.SubmitAsync(
            RowOf(request), Caller.FacilityOf(user), Caller.SubjectOf(user), context.CancellationToken));
    }

    /// <summary>Piece by piece, so that memory stays flat however long the stream is.</summary>
    [For(Roles.FacilityClerk)]
    public override async Task<V1.SubmitSummary> SubmitStream(
        IAsyncStreamReader<V1.Record> requestStream, ServerCallContext context)
    {
        var summary = new V1.SubmitSummary();
        var piece = new List<RecordRow>(PieceSize);
        await foreach (var record in requestStream.ReadAllAsync(context.CancellationToken))
        {
            piece.Add(RowOf(record));
            if (piece.Count == PieceSize)
            {
                await StoreAsync(piece, summary, context);
            }
        }
        await StoreAsync(piece, summary, context);
        return summary;
    }

    [For(Roles.FacilityClerk)]
    public override async Task<V1.SubmittedRecord> Correct(V1.CorrectRequest request, ServerCallContext context)
    {
        var user = context.User();
        return ids.Records.TryRead(request.Id, out var record)
            ? AnswerOf(await one.CorrectAsync(
                record, request.Version, RowOf(request.Record ?? new V1.Record()), Caller.FacilityOf(user),
                Caller.SubjectOf(user), context.CancellationToken))
            : throw new RefusedException(SubmitOne.NoSuchRecord);
    }

    [For(Roles.FacilityClerk, Roles.FacilitySignatory)]
    public override async Task<V1.RecordState> GetState(V1.GetStateRequest request, ServerCallContext context)
    {
        var facility = Caller.FacilityOf(context.User());
        return ids.Records.TryRead(request.Id, out var id)
            && await facilityRecords.FindAsync(facility, id, context.CancellationToken) is { } record
            ? StateOf(RecordView.Of(record, await why.OfRecordsAsync([id], context.CancellationToken), ids))
            : throw new RefusedException(SubmitOne.NoSuchRecord);
    }

    [For(Roles.FacilityClerk, Roles.FacilitySignatory)]
    public override async Task<V1.RecordList> List(V1.ListRecordsRequest request, ServerCallContext context)
    {
        var page = Page.Of(ids.Records, request.After, request.Limit.OrNull());
        var records = await facilityRecords.PageAsync(
            Caller.FacilityOf(context.User()), page.After, page.Limit, context.CancellationToken);
        var waiting = await why.OfRecordsAsync(
            [.. records.Select(record => record.Id)], context.CancellationToken);
        return new V1.RecordList
        {
            Records = { records.Select(record => StateOf(RecordView.Of(record, waiting, ids))) },
            Next = page.NextOf(ids.Records, [.. records.Select(record => record.Id)]) ?? "",
        };
    }

    public static V1.Waiting WaitingOf(WaitingView view) => new()
    {
        Code = view.Code, TextVi = view.TextVi, TextEn = view.TextEn, Who = view.Who,
        By = view.By?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) ?? "",
    };

    public static RecordRow RowOf(V1.Record record) => RecordFields.RowOf(name => TextOf(record, Fields[name]));

    static string? TextOf(V1.Record record, FieldDescriptor field) =>
        field.HasPresence && !field.Accessor.HasValue(record)
            ? null
            : Convert.ToString(field.Accessor.GetValue(record), CultureInfo.InvariantCulture);

    V1.SubmittedRecord AnswerOf(Result<OneSubmitted> result)
    {
        var done = result.OrRefuse();
        return new V1.SubmittedRecord
        {
            Id = ids.Records.Of(done.Id), Version = done.Version, Outcome = Kebab.Of(done.Outcome.ToString()),
            State = done.State.ToWire(), Warnings = { done.Warnings.Select(GrpcStatus.FaultOf) },
        };
    }

    static V1.RecordState StateOf(RecordView view) => new()
    {
        Id = view.Id, Version = view.Version, Reference = view.Reference, State = view.State,
        Differs = { view.Differs }, Suggestion = view.Suggestion ?? "", Attested = view.Attested,
        Duplicate = view.Duplicate, Held = view.Held ?? "", Withdrawn = view.Withdrawn,
        Waiting = { view.Waiting.Select(WaitingOf) },
    };

    async Task StoreAsync(List<RecordRow> piece, V1.SubmitSummary summary, ServerCallContext call)
    {
        var (user, cancel) = (call.User(), call.CancellationToken);
        var rows = await submit.SubmitAsync(
            piece, Caller.FacilityOf(user), await checks.GetAsync(cancel), clock.Act(Caller.SubjectOf(user)), cancel);
        foreach (var row in rows)
        {
            Count(row, summary);
            summary.Received++;
        }
        piece.Clear();
    }

    static void Count(SubmittedRow row, V1.SubmitSummary summary)
    {
        switch (row.Outcome)
        {
            case SubmitOutcome.Accepted:
                summary.Accepted++;
                return;
            case SubmitOutcome.Corrected:
                summary.Corrected++;
                return;
            case SubmitOutcome.Unchanged:
                summary.Unchanged++;
                return;
        }
        summary.Refused++;
        if (summary.RefusedRecords.Count < MostRefusedTold)
        {
            summary.RefusedRecords.Add(new V1.RefusedRecord
            {
                Index = summary.Received, Reference = row.Row.Reference ?? "",
                Faults = { row.HardFaults.Select(GrpcStatus.FaultOf) },
            });
        }
    }
}

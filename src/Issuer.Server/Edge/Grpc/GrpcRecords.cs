using System.Globalization;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Records;
using Issuer.Server.Features.Records;
using Issuer.Server.Grpc.V1;
using Issuer.Server.Hosting;
using Fault = Issuer.Server.Grpc.V1.Fault;

namespace Issuer.Server.Edge.Grpc;

/// <summary><c>issuer.v1.Records</c>: steps 1 and 2 as <see cref="RecordEndpoints"/> has them.</summary>
sealed class GrpcRecords(Workplace place, RecentCheckContext context, PathIds ids)
{
    const int PieceSize = 500;
    const int MostRefusedTold = 1000;

    public async Task<SubmittedRecord> SubmitAsync(Record record, HttpContext http, CancellationToken cancel)
    {
        var row = (await SubmitAsync([RowOf(record)], http, cancel))[0];
        if (row is not { RecordId: { } recordId, Version: { } version })
        {
            throw new RefusedException(
                new Rejection(RecordEndpoints.KindOf(row), "the record is refused", row.Faults));
        }
        var stored = await place.Store.FacilityRecords.FindAsync(Caller.FacilityOf(http.User), recordId, cancel)
            ?? throw new InvalidOperationException("A record that was just stored is not there.");
        return new SubmittedRecord
        {
            Id = ids.Records.Of(recordId), Version = version, Outcome = Kebab.Of(row.Outcome.ToString()),
            State = stored.State.ToWire(), Warnings = { row.Faults.Select(FaultOf) },
        };
    }

    /// <summary>Piece by piece, so that memory stays flat however long the stream is.</summary>
    public async Task<SubmitSummary> SubmitStreamAsync(
        IAsyncEnumerable<Record> records, HttpContext http, CancellationToken cancel)
    {
        var summary = new SubmitSummary();
        var piece = new List<RecordRow>(PieceSize);
        await foreach (var record in records.WithCancellation(cancel))
        {
            piece.Add(RowOf(record));
            if (piece.Count == PieceSize)
            {
                await StoreAsync(piece, summary, http, cancel);
            }
        }
        await StoreAsync(piece, summary, http, cancel);
        return summary;
    }

    public static Fault FaultOf(Core.Records.Fault fault) => new()
    {
        Field = fault.Field, Code = fault.Code.ToWire(), MessageVi = fault.Vietnamese, MessageEn = fault.English,
    };

    public static RecordRow RowOf(Record record) => new()
    {
        Reference = record.Reference, Facility = record.Facility, FamilyName = record.FamilyName,
        GivenName = record.GivenName, FullName = record.FullName, Sex = record.Sex, DateOfBirth = record.DateOfBirth,
        IdentityType = record.IdentityType, IdentityNumber = record.IdentityNumber, Nationality = record.Nationality,
        Product = record.Product, Lot = record.Lot,
        DoseNumber = record.HasDoseNumber ? record.DoseNumber.ToString(CultureInfo.InvariantCulture) : null,
        DoseKind = record.DoseKind, VaccinatedOn = record.VaccinatedOn,
        Corrects = record.HasCorrects ? record.Corrects.ToString(CultureInfo.InvariantCulture) : null,
    };

    async Task StoreAsync(List<RecordRow> piece, SubmitSummary summary, HttpContext http, CancellationToken cancel)
    {
        foreach (var row in await SubmitAsync(piece, http, cancel))
        {
            Count(row, summary);
            summary.Received++;
        }
        piece.Clear();
    }

    async Task<IReadOnlyList<SubmittedRow>> SubmitAsync(
        IReadOnlyList<RecordRow> rows, HttpContext http, CancellationToken cancel) =>
        await place.SubmitRecords().SubmitAsync(
            rows, Caller.FacilityOf(http.User), await context.GetAsync(cancel),
            place.Act(Caller.SubjectOf(http.User)), cancel);

    static void Count(SubmittedRow row, SubmitSummary summary)
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
            summary.RefusedRecords.Add(new RefusedRecord
            {
                Index = summary.Received, Reference = row.Row.Reference ?? "",
                Faults = { row.HardFaults.Select(FaultOf) },
            });
        }
    }
}

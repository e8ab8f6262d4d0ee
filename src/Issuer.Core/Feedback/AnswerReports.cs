using System.Globalization;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Core.Feedback;

/// <summary>
/// How a report is answered: by its facility, and once it is late by the province or the ministry too.
/// </summary>
public sealed class AnswerReports(IReportStore store, SubmitRecords submit)
{
    /// <summary>
    /// Says yes. With a row, that is submitted first as any record or correction is, with the report as its evidence;
    /// should the answer then fail, the same request sent again finds it unchanged and only answers.
    /// </summary>
    public async Task<Result<Report>> AcceptAsync(
        long id, long version, ReportAnswer answer, RecordRow? row, WorklistScope own, CheckContext context, Act act,
        CancellationToken cancel)
    {
        if (row is null)
        {
            return await AnswerAsync(id, version, answer, own, act, cancel);
        }
        if (await store.FindAsync(id, cancel) is not { } report)
        {
            return NotThere;
        }
        if (Refuse(report, version, own, act.At) is { } why)
        {
            return why;
        }
        if (own.Facility is null)
        {
            return new Rejection(RejectionKind.Forbidden, "only the facility itself enters or corrects its records");
        }
        var evidence = act with
        {
            Evidence = string.Create(CultureInfo.InvariantCulture, $"report:{id}"),
            AskedFor = report.RecordId,
        };
        var submitted = (await submit.SubmitAsync([row], own.Facility, context, evidence, cancel))[0];
        return submitted.RecordId is { } recordId
            ? await AnswerAsync(id, version, answer with { RecordId = recordId }, own, act, cancel)
            : new Rejection(
                submitted.Faults.Any(f => f.Is(FaultCode.TooOften)) ? RejectionKind.TooOften : RejectionKind.Invalid,
                "the record is refused", submitted.Faults);
    }

    public Task<Result<Report>> RefuseAsync(
        long id, long version, ReportAnswer answer, WorklistScope own, Act act, CancellationToken cancel) =>
        AnswerAsync(id, version, answer, own, act, cancel);

    /// <summary>Why somebody may not answer it now; null: they may. Pure.</summary>
    public static Rejection? Refuse(Report report, long version, WorklistScope own, DateTimeOffset now)
    {
        var state = report.StateAt(now);
        var isTheirs = own.Facility is { } facility
            ? report.Facility == facility
            : own.Commune is null && state != ReportState.Open
                && (own.Provinces is null || (report.Province is { } province && own.Provinces.Contains(province)));
        if (!isTheirs)
        {
            return NotThere;
        }
        if (report.Answer is not null)
        {
            return new Rejection(RejectionKind.Conflict, "the report has been answered");
        }
        return report.Version == version
            ? null
            : new Rejection(
                RejectionKind.Conflict, "the report has changed", [new Fault("if-match", FaultCode.WrongVersion)]);
    }

    /// <summary>In the transaction that sees it; of two who answer at once the second is refused.</summary>
    Task<Result<Report>> AnswerAsync(
        long id, long version, ReportAnswer answer, WorklistScope own, Act act, CancellationToken cancel) =>
        store.DecideAsync<Result<Report>>(
            async rows =>
            {
                if (await rows.FindAsync(id) is not { } report)
                {
                    return NotThere;
                }
                if (Refuse(report, version, own, act.At) is { } why)
                {
                    return why;
                }
                if (answer.RecordId is { } record && !await rows.IsRecordOfAsync(record, report.Facility))
                {
                    return new Rejection(
                        RejectionKind.Invalid, "the record belongs to another facility",
                        [new Fault("record_id", RequestFaultCode.OutOfRange)]);
                }
                await rows.AuditAsync(act, $"report-{Kebab.Of(answer.State.ToString())}", id);
                return await rows.AnswerAsync(id, answer, act.At);
            },
            cancel);

    public static Rejection NotThere => new(RejectionKind.NotFound, "there is no report with this id");
}

using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Edge.Rest.Revocation;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Revocation;

namespace Issuer.Server.Edge.Grpc;

/// <summary>
/// <c>issuer.v1.Revocations</c>: as <see cref="RevocationEndpoints"/> and <see cref="BulkEndpoints"/> have them, and
/// read by the same code.
/// </summary>
sealed class GrpcRevocations(
    NationalClock clock, TwoPersonActs twoPersonActs, RevokeOne revoke, BulkStore bulkStore, PathIds ids)
    : V1.Revocations.RevocationsBase
{
    static readonly JsonFormatter Json =
        new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    [For(Roles.MinistryOperator, Roles.MinistrySecurity)]
    public override async Task<V1.Revoked> Revoke(V1.RevokeRequest request, ServerCallContext context)
    {
        Caller.RequireRecentAuthentication(context.User(), clock.Now);
        var body = request.Clone();
        body.CertificateId = "";
        var read = Read(body, fields => RevocationEndpoints.Read(fields, clock.Now));
        return ids.Certificates.TryRead(request.CertificateId, out var slot) && slot < Slot.Count
            ? AnswerOf(await revoke.RevokeAsync(
                read with { Slot = new Slot(slot) }, Caller.PersonOf(context.User()), context.CancellationToken))
            : throw new RefusedException(RevocationEndpoints.NoSuchCertificate);
    }

    [For(Roles.FacilityClerk, Roles.MinistryOperator)]
    public override async Task<V1.Revoked> WithdrawRecord(V1.WithdrawRecordRequest request, ServerCallContext context)
    {
        var user = context.User();
        var facility = RevocationEndpoints.WithdrawingFacility(user, clock.Now);
        var reason = Read(
            new V1.WithdrawRecordRequest { Reason = request.Reason }, RevocationEndpoints.ReadWithdrawal);
        return ids.Records.TryRead(request.RecordId, out var record)
            ? AnswerOf(await revoke.WithdrawAsync(
                facility, record, request.Version, reason, Caller.PersonOf(user), context.CancellationToken))
            : throw new RefusedException(RevocationEndpoints.NoSuchRecord);
    }

    [For(Roles.MinistryOperator)]
    public override async Task<V1.Approval> RequestUndo(V1.RequestUndoRequest request, ServerCallContext context)
    {
        Caller.RequireRecentAuthentication(context.User(), clock.Now);
        var reason = Read(
            new V1.RequestUndoRequest { Reason = request.Reason }, fields => fields.Text(RevocationEndpoints.Reason));
        if (!ids.Certificates.TryRead(request.CertificateId, out var slot))
        {
            throw new RefusedException(RevocationEndpoints.NoSuchCertificate);
        }
        var asked = await twoPersonActs.RequestAsync(
            new UndoRevocation(slot, reason), Caller.PersonOf(context.User()), clock.Now, context.CancellationToken);
        return ApprovalOf(asked.OrRefuse());
    }

    V1.Approval ApprovalOf(Approval approval)
    {
        var view = ApprovalView.Of(approval, ids, clock.Now);
        return new V1.Approval
        {
            Id = view.Id, Act = view.Act, Rows = view.Rows, Digest = view.Digest, State = view.State,
            RequestedBy = view.RequestedBy, RequestedAt = view.RequestedAt.ToUnixTimeSeconds(),
            ExpiresAt = view.ExpiresAt.ToUnixTimeSeconds(),
        };
    }

    [For(Roles.MinistryOperator, Roles.MinistrySecurity, Roles.Auditor)]
    public override async Task<V1.ActList> ListActs(V1.ListActsRequest request, ServerCallContext context)
    {
        var acts = await bulkStore.ListAsync(BulkEndpoints.Listed, context.CancellationToken);
        return new V1.ActList { Acts = { acts.Select(act => ActOf(BulkActView.Of(act, ids))) } };
    }

    static V1.Act ActOf(BulkActView view)
    {
        var act = new V1.Act
        {
            Approval = view.Approval ?? "", Reason = view.Reason, Rows = view.Rows, Done = view.Done,
            LeftAlone = view.LeftAlone, Waiting = view.Waiting, Certificates = view.Certificates,
        };
        if (view.FinishedAt is { } finished)
        {
            act.FinishedAt = finished.ToUnixTimeSeconds();
        }
        return act;
    }

    V1.Revoked AnswerOf(Result<RevokedOrAsked> result)
    {
        var done = result.OrRefuse();
        return new V1.Revoked
        {
            Certificates = done.Outcome.Certificates, Asked = done.Asked is { } asked ? ApprovalOf(asked) : null,
        };
    }

    /// <summary>By the reader of REST's bodies, which tells every fault; what is empty is not there.</summary>
    static T Read<T>(IMessage body, Func<BodyFields, T> read)
    {
        using var json = JsonDocument.Parse(Json.Format(body));
        return BodyFields.Read(
            json.RootElement, body.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name).ToHashSet(),
            read);
    }
}

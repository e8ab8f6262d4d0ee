using Grpc.Core;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Verification;
using Issuer.Server.Hosting;
using Issuer.Verification;
using Microsoft.AspNetCore.Authorization;

namespace Issuer.Server.Edge.Grpc;

/// <summary><c>issuer.v1.Verification</c>: judged as <see cref="VerifyEndpoints"/> does; nothing is stored.</summary>
sealed class GrpcVerification(VerifyNow verify) : V1.Verification.VerificationBase
{
    [AllowAnonymous]
    public override Task<V1.Verdict> Verify(V1.VerifyRequest request, ServerCallContext context) =>
        TryRead(request, out var at) is { } fault
            ? throw new RefusedException(new Rejection(RejectionKind.Malformed, "the message is refused", [fault]))
            : JudgeAsync(request, at, context.CancellationToken);

    [AllowAnonymous]
    public override async Task VerifyStream(
        IAsyncStreamReader<V1.VerifyRequest> requestStream, IServerStreamWriter<V1.Verdict> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            var verdict = TryRead(request, out var at) is { } fault
                ? new V1.Verdict
                {
                    Id = request.Id, Verdict_ = Verdict.Malformed.ToWire(), Detail = $"{fault.Field} cannot be read",
                }
                : await JudgeAsync(request, at, context.CancellationToken);
            await responseStream.WriteAsync(verdict, context.CancellationToken);
        }
    }

    static Fault? TryRead(V1.VerifyRequest request, out DateTimeOffset? at)
    {
        at = null;
        if (request.Hc1.Length == 0)
        {
            return new Fault("hc1", FaultCode.Missing);
        }
        at = request.At.Length == 0 ? null : Instants.ParseOrUtc(request.At, _ => { });
        return request.At.Length > 0 && at is null ? new Fault("at", RequestFaultCode.BadInstant) : null;
    }

    async Task<V1.Verdict> JudgeAsync(V1.VerifyRequest request, DateTimeOffset? at, CancellationToken cancel)
    {
        var judged = await verify.JudgeAsync(request.Hc1, at, cancel)
            ?? throw new RefusedException(ServedFile.NothingYet);
        var view = VerdictView.Of(judged);
        return new V1.Verdict
        {
            Id = request.Id, Verdict_ = view.Verdict, Detail = view.Detail, CanBeHadAnew = view.CanBeHadAnew,
            Warnings = { view.Warnings },
            Lists =
            {
                view.Lists.Select(list => new V1.ListAge
                {
                    List = list.List, Made = list.Made.ToUnixTimeSeconds(), Next = list.Next.ToUnixTimeSeconds(),
                    AgeSeconds = list.AgeSeconds,
                }),
            },
        };
    }
}

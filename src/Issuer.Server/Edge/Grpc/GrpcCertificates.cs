using Grpc.Core;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Certificates;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Certificates;

namespace Issuer.Server.Edge.Grpc;

/// <summary><c>issuer.v1.Certificates</c>: step 10, to its holder, and to a facility that entered a dose.</summary>
sealed class GrpcCertificates(
    NationalClock clock, HolderCertificates holders, WalkIn walkIn, CounterHandOut counter, PathIds ids)
    : V1.Certificates.CertificatesBase
{
    [ForHolder]
    public override async Task<V1.Certificate> GetCurrent(V1.GetCurrentRequest request, ServerCallContext context)
    {
        var certificates = await holders.OfDocumentAsync(
            Caller.DocumentOf(context.User()), context.CancellationToken);
        var now = clock.Now;
        return certificates.FirstOrDefault(c => c.StateAt(now) == CertificateState.Current) is { } current
            ? MessageOf(current)
            : throw new RefusedException(
                new Rejection(RejectionKind.NotFound, "this holder has no current certificate"));
    }

    [For(Roles.FacilityClerk, Roles.FacilitySignatory)]
    public override async Task<V1.Certificate> GetOfRecord(V1.GetOfRecordRequest request, ServerCallContext context)
    {
        var user = context.User();
        var facility = Caller.FacilityOf(user);
        return ids.Records.TryRead(request.RecordId, out var record)
            ? MessageOf((await walkIn.FetchAsync(
                record, facility, Caller.SubjectOf(user), context.CancellationToken)).OrRefuse())
            : throw new RefusedException(WalkIn.Nothing);
    }

    [For(Roles.FacilityClerk, Roles.FacilitySignatory)]
    public override async Task<V1.Certificate> HandOut(V1.HandOutRequest request, ServerCallContext context)
    {
        var user = context.User();
        var facility = Caller.FacilityOf(user);
        var faults = new List<Fault>();
        var claim = HandOutEndpoint.ClaimOf(
            request.IdentityNumber, request.DateOfBirth, request.LastVaccinatedOn, faults.Add)
            ?? throw new RefusedException(new Rejection(RejectionKind.Invalid, "the body is refused", faults));
        return MessageOf((await counter.RunAsync(
            facility, claim, clock.Act(Caller.SubjectOf(user)), context.CancellationToken)).OrRefuse());
    }

    V1.Certificate MessageOf(IssuedCertificate certificate) => new()
    {
        Id = ids.Certificates.Of(certificate.Slot.Value), Uvci = certificate.Uvci, Hc1 = certificate.ToHc1(),
        IssuedAt = certificate.IssuedAt.ToUnixTimeSeconds(), ExpiresAt = certificate.ExpiresAt.ToUnixTimeSeconds(),
    };
}

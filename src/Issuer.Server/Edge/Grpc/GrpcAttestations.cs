using Google.Protobuf;
using Grpc.Core;
using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Grpc;

/// <summary><c>issuer.v1.Attestations</c>: step 4, what waits for the caller's facility, and its signatures.</summary>
[LargestMessage(AThousandSignatures)]
sealed class GrpcAttestations(
    NationalClock clock, AttestRecords attest, IFacilityStore facilities, PathIds ids)
    : V1.Attestations.AttestationsBase
{
    const int AThousandSignatures = 4 * 1024 * 1024;

    [For(Roles.FacilitySignatory)]
    public override async Task<V1.StatementList> ListToAttest(V1.ListToAttestRequest request, ServerCallContext context)
    {
        var page = Page.Of(ids.Records, request.After, request.Limit.OrNull());
        var waiting = await facilities.ToAttestAsync(
            Caller.FacilityOf(context.User()), page.After, page.Limit, context.CancellationToken);
        return new V1.StatementList
        {
            Statements =
            {
                waiting.Select(dose => new V1.Statement
                {
                    RecordId = ids.Records.Of(dose.Dose.Id),
                    Statement_ = ByteString.CopyFrom(attest.CanonicalOf(dose)),
                }),
            },
            Next = page.NextOf(ids.Records, [.. waiting.Select(dose => dose.Dose.Id)]) ?? "",
        };
    }

    [For(Roles.FacilitySignatory)]
    public override async Task<V1.AttestResponse> Attest(V1.AttestRequest request, ServerCallContext context)
    {
        var user = context.User();
        var facility = Caller.FacilityOf(user);
        Caller.RequireRecentAuthentication(user, clock.Now);
        RefusedException.ThrowIf(AttestRecords.TooMany(request.Signatures.Count));
        var faults = await attest.AttestAsync(
            request.Signatures, facility, clock.Act(Caller.SubjectOf(user)), context.CancellationToken);
        return new V1.AttestResponse
        {
            Results =
            {
                faults.Select(fault => new V1.AttestedItem
                {
                    Fault = fault is { } why ? Kebab.Of(why.ToString()) : "",
                }),
            },
        };
    }
}

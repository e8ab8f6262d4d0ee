using Google.Protobuf;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Grpc;
using Issuer.Server.Grpc.Health.V1;
using Issuer.Server.Grpc.V1;
using Issuer.Server.Tests.Http;
using Record = Issuer.Server.Grpc.V1.Record;

namespace Issuer.Server.Tests.Grpc;

/// <summary>The protocol itself: who may call, broken frames, deadlines.</summary>
public sealed class GrpcCallTests(Certified fixture) : IClassFixture<Certified>
{
    const string Health = "/grpc.health.v1.Health/Check";

    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["/issuer.v1.Records/Submit"] = [Roles.FacilityClerk],
        ["/issuer.v1.Records/SubmitStream"] = [Roles.FacilityClerk],
        ["/issuer.v1.Certificates/GetCurrent"] = [Roles.Citizen, Roles.App],
        ["/issuer.v1.TrustLists/Get"] = [],
        [Health] = [],
    };

    public static TheoryData<string> Methods => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_role_gets_in_where_it_may_over_REST_and_nowhere_else(string method)
    {
        foreach (var role in Roles.All)
        {
            using var grpc = fixture.Service.Grpc(fixture.TokenOf(role, own: true));
            var status = (await grpc.CallAsync(method, new Record())).Status;
            var may = Allowed[method].Length == 0 || Allowed[method].Contains(role);
            Assert.True(may != (status == GrpcStatus.PermissionDenied), $"{role}: {status}");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Without_a_token_or_with_a_bad_one_only_what_is_public_answers(string method)
    {
        var role = Allowed[method].FirstOrDefault(Roles.Citizen);
        foreach (var token in new[] { null, "nonsense", fixture.TokenOf(role, own: true, TimeSpan.FromMinutes(-1)) })
        {
            using var grpc = fixture.Service.Grpc(token);
            Assert.Equal(
                Allowed[method].Length == 0 ? GrpcStatus.Ok : GrpcStatus.Unauthenticated,
                (await grpc.CallAsync(method, new Record())).Status);
        }
    }

    [Fact]
    public async Task Another_facilitys_record_is_refused_and_another_persons_certificate_is_not_there()
    {
        using var clerk = fixture.Service.Grpc(fixture.TokenOf(Roles.FacilityClerk, own: false));
        var refused = await clerk.CallAsync(
            "/issuer.v1.Records/Submit", JsonParser.Default.Parse<Record>(fixture.NewRecord()));
        Assert.Equal(GrpcStatus.InvalidArgument, refused.Status);
        using var citizen = fixture.Service.Grpc(fixture.TokenOf(Roles.Citizen, own: false));
        Assert.Equal(
            GrpcStatus.NotFound,
            (await citizen.CallAsync("/issuer.v1.Certificates/GetCurrent", new GetCurrentRequest())).Status);
    }

    [Fact]
    public async Task Health_is_told_for_known_services_only()
    {
        using var grpc = fixture.Service.Grpc();
        var known = await grpc.CallAsync(Health, new HealthCheckRequest { Service = "issuer.v1.Records" });
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, known.Read(HealthCheckResponse.Parser).Status);
        var unknown = await grpc.CallAsync(Health, new HealthCheckRequest { Service = "mail" });
        Assert.Equal(GrpcStatus.NotFound, unknown.Status);
    }

    [Theory]
    [InlineData(nameof(GrpcStatus.InvalidArgument), new byte[0])]
    [InlineData(nameof(GrpcStatus.InvalidArgument), new byte[] { 0, 0, 0 })]
    [InlineData(nameof(GrpcStatus.InvalidArgument), new byte[] { 0, 0, 0, 0, 9, 1 })]
    [InlineData(nameof(GrpcStatus.InvalidArgument), new byte[] { 0, 0, 0, 0, 2, 10, 5 })]
    [InlineData(nameof(GrpcStatus.Unimplemented), new byte[] { 1, 0, 0, 0, 0 })]
    [InlineData(nameof(GrpcStatus.ResourceExhausted), new byte[] { 0, 0, 1, 0, 1 })]
    [InlineData(nameof(GrpcStatus.ResourceExhausted), new byte[] { 0, 255, 255, 255, 255 })]
    public async Task A_broken_frame_is_refused_and_the_next_call_goes_on(string status, byte[] body)
    {
        using var grpc = fixture.Service.Grpc();
        Assert.Equal(status, (await grpc.SendAsync(Health, body)).Status.ToString());
        Assert.Equal(GrpcStatus.Ok, (await grpc.CallAsync(Health, new HealthCheckRequest())).Status);
    }

    [Theory]
    [InlineData("1n", nameof(GrpcStatus.DeadlineExceeded))]
    [InlineData("99999999H", nameof(GrpcStatus.Ok))]
    [InlineData("5x", nameof(GrpcStatus.InvalidArgument))]
    [InlineData("123456789S", nameof(GrpcStatus.InvalidArgument))]
    [InlineData("-1S", nameof(GrpcStatus.InvalidArgument))]
    public async Task A_deadline_is_kept(string timeout, string status)
    {
        using var grpc = fixture.Service.Grpc();
        Assert.Equal(status, (await grpc.SendAsync(Health, GrpcClient.FrameOf([]), timeout)).Status.ToString());
    }

    [Fact]
    public async Task A_stream_that_pauses_past_its_deadline_is_ended_by_the_service_and_stores_nothing_more()
    {
        using var grpc = fixture.Service.Grpc(fixture.TokenOf(Roles.FacilityClerk, own: true));
        // The client would wait for ever: only the service ends this.
        var ending = await grpc.SendAsync(
            "/issuer.v1.Records/SubmitStream", new PausingContent(GrpcClient.FrameOf([])), "300m").EndsAsync();
        Assert.Equal(GrpcStatus.DeadlineExceeded, ending.Status);
    }

    [Fact]
    public async Task What_is_no_method_or_no_gRPC_is_unimplemented()
    {
        using var grpc = fixture.Service.Grpc();
        Assert.Equal(GrpcStatus.Unimplemented, (await grpc.CallAsync("/issuer.v1.Records/Drop", new Record())).Status);
        Assert.Equal(
            GrpcStatus.Unimplemented, (await grpc.SendAsync(Health, [], contentType: "application/json")).Status);
    }
}

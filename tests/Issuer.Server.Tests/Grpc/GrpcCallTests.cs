using Grpc.Core;
using Grpc.Health.V1;
using Issuer.Server.Edge.Access;
using Issuer.Server.Tests.Http;
using V1 = Issuer.Server.Edge.Grpc.V1;

namespace Issuer.Server.Tests.Grpc;

/// <summary>The protocol itself: broken frames, deadlines, what is no method.</summary>
public sealed class GrpcCallTests(Certified fixture) : IClassFixture<Certified>
{
    const string Health = "/grpc.health.v1.Health/Check";

    [Fact]
    public async Task Health_is_told_for_known_services_only()
    {
        using var grpc = fixture.Service.Grpc();
        var known = await grpc.CallAsync(Health, new HealthCheckRequest { Service = "issuer.v1.Records" });
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, known.Read(HealthCheckResponse.Parser).Status);
        var unknown = await grpc.CallAsync(Health, new HealthCheckRequest { Service = "mail" });
        Assert.Equal(StatusCode.NotFound, unknown.Status);
    }

    [Theory]
    [InlineData(nameof(StatusCode.InvalidArgument), new byte[0])]
    [InlineData(nameof(StatusCode.InvalidArgument), new byte[] { 0, 0, 0 })]
    [InlineData(nameof(StatusCode.InvalidArgument), new byte[] { 0, 0, 0, 0, 9, 1 })]
    [InlineData(nameof(StatusCode.InvalidArgument), new byte[] { 0, 0, 0, 0, 2, 10, 5 })]
    [InlineData(nameof(StatusCode.Unimplemented), new byte[] { 1, 0, 0, 0, 0 })]
    [InlineData(nameof(StatusCode.Unimplemented), new byte[] { 2, 0, 0, 0, 0 })]
    [InlineData(nameof(StatusCode.InvalidArgument), new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(nameof(StatusCode.ResourceExhausted), new byte[] { 0, 0, 1, 0, 1 })]
    [InlineData(nameof(StatusCode.ResourceExhausted), new byte[] { 0, 255, 255, 255, 255 })]
    public async Task A_broken_frame_is_refused_and_the_next_call_goes_on(string status, byte[] body)
    {
        using var grpc = fixture.Service.Grpc();
        Assert.Equal(status, (await grpc.SendAsync(Health, body)).Status.ToString());
        Assert.Equal(StatusCode.OK, (await grpc.CallAsync(Health, new HealthCheckRequest())).Status);
    }

    [Theory]
    [InlineData(nameof(StatusCode.InvalidArgument), new byte[] { 0, 0, 0 })]
    [InlineData(nameof(StatusCode.InvalidArgument), new byte[] { 0, 0, 0, 0, 9, 1 })]
    [InlineData(nameof(StatusCode.InvalidArgument), new byte[] { 0, 0, 0, 0, 2, 10, 5 })]
    [InlineData(nameof(StatusCode.Unimplemented), new byte[] { 1, 0, 0, 0, 0 })]
    [InlineData(nameof(StatusCode.ResourceExhausted), new byte[] { 0, 0, 1, 0, 1 })]
    [InlineData(nameof(StatusCode.ResourceExhausted), new byte[] { 0, 255, 255, 255, 255 })]
    [InlineData(nameof(StatusCode.OK), new byte[0])]
    public async Task A_stream_is_read_by_the_same_rules(string status, byte[] body)
    {
        using var grpc = fixture.Service.Grpc(fixture.TokenOf(Roles.FacilityClerk, own: true));
        Assert.Equal(status, (await grpc.SendAsync("/issuer.v1.Records/SubmitStream", body)).Status.ToString());
    }

    [Fact]
    public async Task A_refusal_is_one_line_without_a_stack_and_a_fault_of_ours_says_nothing_outside()
    {
        using var grpc = fixture.Service.Grpc(fixture.TokenOf(Roles.FacilityClerk, own: true));
        var before = fixture.Service.Log.Text.Length;
        await grpc.CallAsync("/issuer.v1.Records/GetState", new V1.GetStateRequest { Id = "nobody" });
        await grpc.SendAsync("/issuer.v1.Records/GetState", [0, 0, 0, 0, 2, 10, 5]);
        var log = fixture.Service.Log.Text[before..];
        Assert.Equal(2, log.Split("gRPC /issuer.v1.Records/GetState answered").Length - 1);
        Assert.DoesNotContain("RpcException", log, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1n", nameof(StatusCode.DeadlineExceeded))]
    [InlineData("99999999H", nameof(StatusCode.OK))]
    [InlineData("5x", nameof(StatusCode.InvalidArgument))]
    [InlineData("123456789S", nameof(StatusCode.InvalidArgument))]
    [InlineData("-1S", nameof(StatusCode.InvalidArgument))]
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
        Assert.Equal(StatusCode.DeadlineExceeded, ending.Status);
    }

    [Fact]
    public async Task What_is_no_method_or_no_gRPC_is_unimplemented()
    {
        using var grpc = fixture.Service.Grpc();
        Assert.Equal(
            StatusCode.Unimplemented, (await grpc.CallAsync("/issuer.v1.Records/Drop", new V1.Record())).Status);
        Assert.Equal(StatusCode.Unimplemented, (await grpc.CallAsync("/no/file.txt", new V1.Record())).Status);
        Assert.Equal(
            StatusCode.Unimplemented, (await grpc.SendAsync(Health, [], contentType: "application/json")).Status);
    }
}

using System.Net;
using System.Net.Http.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Approvals;

/// <summary>Asking, approving and rejecting over HTTP.</summary>
public sealed class FourEyesTests(FourEyesTests.Ministry fixture) : IClassFixture<FourEyesTests.Ministry>
{
    Suspicious Work => fixture.Work;

    [Fact]
    public async Task A_merge_is_done_when_a_second_person_approves_and_only_once()
    {
        var id = await Work.RequestMergeAsync(await Work.TwoPassportsAsync());
        using var asker = Work.Operator();
        using var second = Work.Operator("second");

        await asker.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.Forbidden);
        var done = await second.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(("executed", "second"),
            (done.GetProperty("state").GetString(), done.GetProperty("decided_by").GetString()));
        await second.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.Conflict);

        var undo = await asker.PostAsJsonAsync("/v1/subjects/undo-merge", new { merge = id, reason = "brothers" })
            .JsonAsync(HttpStatusCode.Accepted);
        await second.PostAsync($"/v1/approvals/{undo.GetProperty("id").GetString()}/approve", null)
            .JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_rejected_request_can_no_longer_be_approved()
    {
        var id = await Work.RequestMergeAsync(await Work.TwoPassportsAsync());
        using var second = Work.Operator("second");
        var no = await second.PostAsync($"/v1/approvals/{id}/reject", null).JsonAsync(HttpStatusCode.OK);
        Assert.Equal("rejected", no.GetProperty("state").GetString());
        await second.PostAsync($"/v1/approvals/{id}/approve", null).JsonAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Releasing_a_hold_takes_the_other_role_too()
    {
        using var asker = Work.Operator();
        using var sameRole = Work.Operator("second");
        using var security = Work.Security();
        var asked = await asker.PostAsJsonAsync(
            "/v1/holds/release", new { records = new[] { Work.Held }, reason = "seen" })
            .JsonAsync(HttpStatusCode.Accepted);
        var path = $"/v1/approvals/{asked.GetProperty("id").GetString()}/approve";

        await sameRole.PostAsync(path, null).JsonAsync(HttpStatusCode.Forbidden);
        await security.PostAsync(path, null).JsonAsync(HttpStatusCode.OK);
        var held = await asker.GetAsync("/v1/holds/records").JsonAsync(HttpStatusCode.OK);
        Assert.Equal(0, held.GetProperty("records").GetArrayLength());
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_with_all_its_faults()
    {
        using var asker = Work.Operator();
        var problem = await asker.PostAsJsonAsync(
            "/v1/holds/release", new { records = new[] { "nonsense" }, reason = " ", more = 1 })
            .JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["more:unknown-member", "records:out-of-range", "reason:missing"], problem.Faults());
    }

    [Fact]
    public async Task Only_the_facility_of_the_later_entry_counts_it_as_a_repetition()
    {
        using var owner = fixture.Service.Clerk();
        using var other = fixture.Service.Clerk(RunningService.OtherFacility);
        using var elsewhere = fixture.Service.Client(fixture.Service.Token(Roles.Province, ("province", "02")));
        var listed = await owner.GetAsync("/v1/duplicates").JsonAsync(HttpStatusCode.OK);
        Assert.Equal(
            Work.Twice, listed.GetProperty("duplicates")[0].GetProperty("entry").GetProperty("id").GetString());
        foreach (var stranger in new[] { other, elsewhere })
        {
            var none = await stranger.GetAsync("/v1/duplicates").JsonAsync(HttpStatusCode.OK);
            Assert.Equal(0, none.GetProperty("duplicates").GetArrayLength());
            await stranger.PostAsJsonAsync($"/v1/duplicates/{Work.Twice}/merge", new { original = Work.Once })
                .JsonAsync(HttpStatusCode.NotFound);
        }
        using var marked = await owner.PostAsJsonAsync(
            $"/v1/duplicates/{Work.Twice}/merge", new { original = Work.Once });
        Assert.Equal(HttpStatusCode.NoContent, marked.StatusCode);
        await other.PostAsync($"/v1/duplicates/{Work.Twice}/undo", null).JsonAsync(HttpStatusCode.NotFound);
        using var undone = await owner.PostAsync($"/v1/duplicates/{Work.Twice}/undo", null);
        Assert.Equal(HttpStatusCode.NoContent, undone.StatusCode);
    }

    public sealed class Ministry : IAsyncLifetime
    {
        public RunningService Service { get; } = new();

        internal Suspicious Work { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Service.InitializeAsync();
            Work = new Suspicious(Service);
            await Work.PrepareAsync();
        }

        public Task DisposeAsync() => Service.DisposeAsync();
    }
}

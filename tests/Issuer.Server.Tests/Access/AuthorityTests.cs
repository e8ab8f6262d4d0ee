using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Benchmarks;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features;
using Issuer.Server.Hosting.Stores;
using Issuer.Server.Tests.Verbs;
using Microsoft.Extensions.Configuration;

namespace Issuer.Server.Tests.Access;

/// <summary>
/// A store takes tokens of the identity provider that it was first started with: who has a shell, and brings one of his
/// own, does nothing with it.
/// </summary>
public sealed class AuthorityTests : RealProgram
{
    const string Bound = "this store is bound to the identity provider";

    [Fact]
    public async Task A_shell_user_with_an_identity_provider_of_his_own_runs_nothing()
    {
        await (await ServeAsync(Ours)).DisposeAsync();
        var policy = FileOf("policy.json", """{"kind":"exempt-cap","validFrom":"2026-01-01","least":7,"percent":5}""");

        foreach (var verb in new[]
        {
            "revoke URN:UVCI:01:VN:0#0 --reason fraud", $"policy import {policy}", "dsc request --out one.csr",
            "dsc withdraw 0000000000000000 --because x", "approvals", "approve x", "issue", "publish",
            "revocations list", "audit verify", $"import {policy}", "serve",
            "authority change --issuer https://id.example --because x",
        })
        {
            var role = verb.StartsWith("dsc", StringComparison.Ordinal)
                ? Roles.MinistrySecurity
                : Roles.MinistryOperator;
            foreach (var token in new[] { Theirs.Token("thief", role), Ours.Token("stolen", role) })
            {
                var (exit, _, error) = await RunAsync(Theirs, token, verb.Split(' '));
                Assert.True(exit == 1 && error.StartsWith(Bound, StringComparison.Ordinal), $"{verb}: {error}");
                Assert.Contains(Ours.Issuer, error, StringComparison.Ordinal);
                Assert.Contains(Theirs.Issuer, error, StringComparison.Ordinal);
                Assert.Equal(1, error.TrimEnd().Count(c => c == '\n') + 1);
            }
        }
        var (done, _, why) = await RunAsync(Ours, Ours.Token("op", Roles.MinistryOperator), "approvals", "--json");
        Assert.Equal((0, ""), (done, why));
    }

    [Fact]
    public async Task Neither_another_audience_nor_another_claim_for_the_person_is_taken()
    {
        await (await ServeAsync(Ours)).DisposeAsync();
        foreach (var (name, value) in new[] { ("Auth__Audience", "another"), ("Auth__PersonClaim", "nickname") })
        {
            var (exit, _, error) = await RunAsync(
                new Dictionary<string, string>
                {
                    ["Auth__Authority"] = Ours.Issuer, [name] = value,
                    ["ISSUER_TOKEN"] = Ours.Token("op", Roles.MinistryOperator, ("nickname", "another")),
                },
                "approvals", "--data", Data);
            Assert.Equal(1, exit);
            Assert.StartsWith(Bound, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_first_verb_with_a_good_token_binds_a_store_and_one_with_a_bad_one_does_not()
    {
        string[] request = ["dsc", "request", "--out", PathOf("one.csr")];
        var (exit, _, _) = await RunAsync(Theirs, Ours.Token("x", Roles.MinistrySecurity), request);
        Assert.Equal(1, exit);
        (exit, _, var error) = await RunAsync(Ours, Ours.Token("sec", Roles.MinistrySecurity), request);
        Assert.Equal((0, ""), (exit, error));
        (exit, _, error) = await RunAsync(Theirs, Theirs.Token("thief", Roles.MinistryOperator), "approvals");
        Assert.Equal(1, exit);
        Assert.StartsWith(Bound, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_of_ministry_security_change_it_with_tokens_of_the_old_one()
    {
        await using (var service = await ServeAsync(Ours))
        {
            using var thief = service.Client(Theirs.Token("thief", Roles.MinistrySecurity));
            var next = new { issuer = Theirs.Issuer, reason = "the ministry has another one" };
            await thief.PostAsJsonAsync("/v1/authority/change", next).JsonAsync(HttpStatusCode.Unauthorized);
            using var one = service.Client(Ours.Token("one", Roles.MinistrySecurity));
            using var other = service.Client(Ours.Token("other", Roles.MinistrySecurity));
            var asked = await one.PostAsJsonAsync("/v1/authority/change", next).JsonAsync(HttpStatusCode.Accepted);
            var approve = $"/v1/approvals/{asked.GetProperty("id").GetString()}/approve";
            await one.PostAsync(approve, null).JsonAsync(HttpStatusCode.Forbidden);
            await other.PostAsync(approve, null).JsonAsync(HttpStatusCode.OK);
        }
        var (exit, _, error) = await RunAsync(Ours, null, "serve");
        Assert.Equal(1, exit);
        Assert.StartsWith($"{Bound} {Theirs.Issuer}", error, StringComparison.Ordinal);
        await using var again = await ServeAsync(Theirs);
        using var operatorThere = again.Client(Theirs.Token("op", Roles.MinistryOperator));
        await operatorThere.GetAsync("/v1/approvals").JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_statement_of_the_trust_anchor_changes_it_once_when_the_old_provider_is_gone()
    {
        var none = new Dictionary<string, string>();
        await RunAsync(none, "anchor", "create", "--out", Path.Combine(Data, "keys"));
        await RunAsync(none, "anchor", "create", "--out", PathOf("stranger"));
        await (await ServeAsync(Ours)).DisposeAsync();
        var (_, shown, _) = await RunAsync(none, "authority", "show", "--json", "--data", Data);
        var binding = JsonDocument.Parse(shown).RootElement.GetProperty("binding").GetString()!;

        var (exit, _, error) = await RunAsync(none, "authority", "apply",
            await SignedAsync(PathOf("stranger"), binding), "--data", Data);
        Assert.Equal(1, exit);
        Assert.Contains("no statement about an authority by the trust anchor", error, StringComparison.Ordinal);
        (exit, _, error) = await RunAsync(none, "authority", "apply",
            await SignedAsync(Path.Combine(Data, "keys"), new string('0', 64)), "--data", Data);
        Assert.Equal(1, exit);
        Assert.Contains("replaces another binding", error, StringComparison.Ordinal);

        var statement = await SignedAsync(Path.Combine(Data, "keys"), binding);
        (exit, _, error) = await RunAsync(none, "authority", "apply", statement, "--data", Data);
        Assert.Equal((0, ""), (exit, error));
        (exit, _, error) = await RunAsync(Theirs, Theirs.Token("op", Roles.MinistryOperator), "approvals");
        Assert.Equal((0, ""), (exit, error));
        (exit, _, _) = await RunAsync(Ours, Ours.Token("op", Roles.MinistryOperator), "approvals");
        Assert.Equal(1, exit);
        (exit, _, _) = await RunAsync(none, "authority", "apply", statement, "--data", Data);
        Assert.Equal(1, exit);
    }

    [Fact]
    public async Task A_running_service_hears_of_a_change_within_a_minute()
    {
        var clock = new SteppedClock(RunningService.Start);
        await using var issuer = await IssuerServices.OpenAsync(
            new StoreSetup(Data, Set(Ours.Issuer), TimeProvider.System) { Environment = "Production" }, default);
        var own = issuer.Create<OwnAuthority>(clock);
        await own.EnterAsync("serve", default);
        Assert.True(await own.StandsAsync(default));

        await issuer.Get<IAuthorityStore>().DecideAsync(
            async rows =>
            {
                await rows.BindAsync((await rows.ReadAsync())!.ReplacedBy(
                    new Authority(Theirs.Issuer, "issuer", null), null, clock.GetUtcNow()));
                return true;
            },
            default);
        Assert.True(await own.StandsAsync(default));
        clock.Set(RunningService.Start.AddMinutes(1));
        Assert.False(await own.StandsAsync(default));
    }

    static IConfiguration Set(string authority) => new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?> { ["Auth:Authority"] = authority }).Build();

    async Task<string> SignedAsync(string keys, string binding)
    {
        var path = PathOf("authority.jws");
        var (exit, _, error) = await RunAsync(
            new Dictionary<string, string>(), "authority", "sign", "--issuer", Theirs.Issuer, "--because", "gone",
            "--replaces", binding, "--keys", keys, "--out", path);
        Assert.Equal((0, ""), (exit, error));
        return path;
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Tests.Verbs;
using V1 = Issuer.Server.Edge.Grpc.V1;

namespace Issuer.Server.Tests.Publication;

/// <summary>
/// <c>POST /v1/verify</c> says what was revoked since the lists were made; <c>verify</c> says how old its lists are.
/// </summary>
public sealed class OverlayTests : TwoCertified
{
    [Fact]
    public async Task What_was_revoked_a_moment_ago_is_revoked_here_at_once_and_offline_with_the_next_lists()
    {
        await PublishAsync();
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        var (_, another) = await CertificateAsync(Person.Duc);
        Assert.Equal("valid", await VerdictAsync(hc1));

        await RevokeAsync(id);

        Assert.Equal("revoked", await VerdictAsync(hc1));
        Assert.Equal("valid", await VerdictAsync(another));
        using var grpc = service.Grpc();
        var verdict = (await grpc.CallAsync("/issuer.v1.Verification/Verify", new V1.VerifyRequest { Hc1 = hc1 }))
            .Read(V1.Verdict.Parser);
        Assert.Equal("revoked", verdict.Verdict_);
        Assert.Equal(["publication", "revocation list"], verdict.Lists.Select(list => list.List));
        Assert.Equal(Verb.Done, (await OfflineAsync(hc1)).Exit);
        await PublishAsync();
        Assert.Equal(Verb.Refused, (await OfflineAsync(hc1)).Exit);
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00Z")]
    [InlineData("2028-06-01T00:00:00Z")]
    public async Task It_is_revoked_before_it_is_expired_or_not_yet_valid(string at)
    {
        await PublishAsync();
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        await RevokeAsync(id);
        var answer = await anybody.PostAsJsonAsync("/v1/verify", new { hc1, at }).JsonAsync(HttpStatusCode.OK);
        Assert.Equal("revoked", answer.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Every_answer_says_how_old_its_lists_are()
    {
        await PublishAsync();
        var (_, hc1) = await CertificateAsync(Person.Hoa);
        foreach (var asked in new[] { hc1, "HC1:NCF" })
        {
            var lists = (await anybody.PostAsJsonAsync("/v1/verify", new { hc1 = asked }).JsonAsync(HttpStatusCode.OK))
                .GetProperty("lists").EnumerateArray().ToList();
            Assert.Equal(["publication", "revocation list"], lists.Select(list => list.GetProperty("list").GetString()));
            Assert.All(lists, list =>
            {
                var (made, next) = (list.GetProperty("made").GetDateTimeOffset(),
                    list.GetProperty("next").GetDateTimeOffset());
                Assert.Equal(TimeSpan.FromHours(24), next - made);
                Assert.InRange(list.GetProperty("age_seconds").GetInt64(), 0, 60);
            });
        }
    }

    /// <summary>Lists live for 24 hours, and a day longer before they are too old to say.</summary>
    [Theory]
    [InlineData(47, null, 0)]
    [InlineData(49, null, 3)]
    [InlineData(30, "1d", 3)]
    [InlineData(30, "36h", 0)]
    [InlineData(71, "3d", 0)]
    [InlineData(-1, null, 1)]
    public async Task Lists_that_are_too_old_to_say_end_verify_with_3(int hours, string? maxAge, int exit)
    {
        await PublishAsync();
        var (_, hc1) = await CertificateAsync(Person.Hoa);

        var (end, output) = await OfflineAsync(
            hc1, service.Now.AddHours(hours), maxAge is null ? [] : ["--max-age", maxAge]);

        Assert.Equal(exit, end);
        using var answer = JsonDocument.Parse(output);
        Assert.Equal(exit == Verb.Stale, answer.RootElement.GetProperty("stale").GetBoolean());
        Assert.Equal(2, answer.RootElement.GetProperty("lists").GetArrayLength());
    }

    [Fact]
    public async Task A_list_without_an_age_of_its_own_is_never_too_old()
    {
        await PublishAsync();
        var (_, hc1) = await CertificateAsync(Person.Hoa);
        var (exit, output, _) = await TypedProgram.RunAsync(
            "Development", "verify", hc1, "--anchor", Path.Combine(copy, "trust-list/anchor.pem"),
            "--trust", Path.Combine(copy, "trust-list/eu.json"), "--at", At(service.Now.AddDays(60)), "--max-age", "1h");
        Assert.Equal(Verb.Done, exit);
        Assert.Contains("none that tells its age", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_a_batch_stay_as_they_are_and_only_the_exit_code_tells_of_old_lists()
    {
        await PublishAsync();
        var (_, hc1) = await CertificateAsync(Person.Hoa);
        var lines = Path.Combine(copy, "lines.ndjson");
        await File.WriteAllTextAsync(lines, JsonSerializer.Serialize(new { id = 1, hc1 }));
        var (exit, output, _) = await TypedProgram.RunAsync(
            "Development", "verify", "--batch", lines, "--anchor", Path.Combine(copy, "trust-list/anchor.pem"),
            "--bundle", Path.Combine(copy, "bundle.bin"), "--at", At(service.Now.AddDays(3)));
        Assert.Equal(Verb.Stale, exit);
        using var answer = JsonDocument.Parse(output);
        Assert.Equal(["id", "verdict", "detail"], answer.RootElement.EnumerateObject().Select(member => member.Name));
    }

    Task<(int Exit, string Output)> OfflineAsync(string hc1) => OfflineAsync(hc1, service.Now.AddHours(1), []);

    async Task<(int Exit, string Output)> OfflineAsync(string hc1, DateTimeOffset at, string[] more)
    {
        var (exit, output, error) = await TypedProgram.RunAsync(
            "Development", ["verify", hc1, "--anchor", Path.Combine(copy, "trust-list/anchor.pem"),
                "--bundle", Path.Combine(copy, "bundle.bin"), "--at", At(at), "--json", .. more]);
        Assert.True(output.Length > 0, error);
        return (exit, output);
    }

    static string At(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}

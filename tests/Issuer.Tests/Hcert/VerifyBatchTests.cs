using System.Text;
using System.Text.Json;
using Issuer.Server.Features.Verification;
using Issuer.Verification;

namespace Issuer.Tests.Hcert;

public sealed class VerifyBatchTests : IDisposable
{
    readonly HcertSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public async Task Answers_come_in_the_order_of_the_lines_however_they_end()
    {
        var hc1 = sample.Hc1();
        string[] ends = ["\n", "\r\n", "\r", "\n\n"];
        var text = string.Concat(Enumerable.Range(0, 999).Select(id =>
            JsonSerializer.Serialize(new { id, hc1 = id % 3 == 0 ? hc1[1..] : hc1 }) + ends[id % ends.Length]));

        var answers = await AnswersAsync(text + "{\"id\":999,\"hc1\":\"\"}");

        Assert.Equal(Enumerable.Range(0, 1000), answers.Select(answer => answer.GetProperty("id").GetInt32()));
        Assert.All(answers, answer => Assert.Equal(
            answer.GetProperty("id").GetInt32() % 3 == 0 ? "malformed" : "valid",
            answer.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task A_line_longer_than_a_block_is_judged_like_any_other()
    {
        var id = new string('x', 100_000);
        var line = JsonSerializer.Serialize(new { id, hc1 = sample.Hc1() });

        var answers = await AnswersAsync($"{line}\n{line}\n");

        Assert.Equal(2, answers.Count);
        Assert.All(answers, answer => Assert.Equal(id, answer.GetProperty("id").GetString()));
        Assert.All(answers, answer => Assert.Equal("valid", answer.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task A_line_that_would_fill_the_memory_is_refused_and_the_lines_around_it_are_judged()
    {
        var good = JsonSerializer.Serialize(new { id = 1, hc1 = sample.Hc1() });

        var answers = await AnswersAsync($"{good}\n{{\"hc1\":\"{new string('x', 5_000_000)}\"}}\n{good}\n{good}");

        Assert.Equal(
            ["valid", "malformed", "valid", "valid"],
            answers.Select(answer => answer.GetProperty("verdict").GetString()));
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("[{\"\\udc00\":1}]")]
    public async Task An_id_that_no_text_can_hold_is_refused_and_the_lines_after_it_are_judged(string id)
    {
        var good = $$"""{"id":[2,"é"],"hc1":"{{sample.Hc1()}}"}""";

        var answers = await AnswersAsync($$"""{"id":{{id}},"hc1":"x"}""" + "\n" + good);

        Assert.Equal("malformed", answers[0].GetProperty("verdict").GetString());
        Assert.Equal(
            """{"id":[2,"é"],"verdict":"valid","detail":"until 2023-04-15T17:00:00Z"}""", answers[1].GetRawText());
    }

    [Fact]
    public async Task Nothing_is_answered_to_nothing() => Assert.Empty(await AnswersAsync(""));

    async Task<List<JsonElement>> AnswersAsync(string text)
    {
        var batch = new VerifyBatch(
            new VerificationLists(new TrustedDscs([sample.Dsc], []), Revoked: null, Manifest: null),
            HcertSample.IssuedAt);
        var output = new MemoryStream();
        var allValid = await batch.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), output, default);
        var answers = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(answers.All(answer => answer.GetProperty("verdict").GetString() == "valid"), allValid);
        return answers;
    }
}

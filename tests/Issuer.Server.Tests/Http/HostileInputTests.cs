using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Http;

/// <summary>Bytes that no program of good will sends. None of them is a failure of ours.</summary>
public sealed class HostileInputTests(RunningService service) : IClassFixture<RunningService>
{
    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"referenc\udc65":"x"}""")]
    [InlineData("""{"reference":"\ud800"}""")]
    [InlineData("""[{"\udfff\ud800":{}}]""")]
    public async Task Half_a_character_is_refused_wherever_it_stands(string body)
    {
        foreach (var (path, role) in new[]
        {
            ("/v1/records", Roles.FacilityClerk), ("/v1/verify", Roles.Citizen), ("/v1/me/reports", Roles.Citizen),
            ("/v1/policies/import", Roles.MinistryOperator), ("/v1/attestations", Roles.FacilitySignatory),
            ("/signercertificateUpdate", Roles.Citizen), ("/lists/x/partitions/null/slices", Roles.Citizen),
        })
        {
            using var client = service.Client(service.Token(
                role, ("facility", RunningService.Facility), ("identity_number", Person.Hoa.Number)));
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(path, content);

            // 503: nothing was published here. An array of records is answered row by row.
            Assert.True((int)answer.StatusCode is 200 or >= 400 and < 500 or 503, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_record_with_half_a_character_in_a_name_is_one_refused_row()
    {
        using var clerk = service.Clerk();
        using var content = new StringContent("""[{"\ud800":1}]""", Encoding.UTF8, "application/json");
        var rows = await clerk.PostAsync("/v1/records", content).JsonAsync(HttpStatusCode.OK);

        Assert.Equal("refused", rows.GetProperty("results")[0].GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("application/json; charset=klingon", "/v1/records", 200)]
    [InlineData("application/json; charset=utf-16", "/signercertificateUpdate", 503)]
    [InlineData("application/json; charset=\"", "/signercertificateUpdate", 415)]
    public async Task What_is_said_of_the_letters_of_JSON_is_passed_over(string type, string path, int status)
    {
        using var clerk = service.Clerk();
        using var content = new ByteArrayContent("[]"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await clerk.PostAsync(path, content);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("text/csv; charset=\"windows-1258\"", "/v1/records/import")]
    [InlineData("text/csv; charset=klingon", "/v1/worklist/answers")]
    public async Task Text_in_other_letters_than_UTF_8_is_415(string type, string path)
    {
        using var clerk = service.Clerk();
        using var content = new ByteArrayContent("[]"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var problem = await clerk.PostAsync(path, content).JsonAsync(HttpStatusCode.UnsupportedMediaType);

        Assert.Contains("UTF-8", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_body_is_415_and_told_what_is_taken()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync("{}"u8.ToArray());
        }
        using var clerk = service.Clerk();
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var answer = await clerk.PostAsync("/v1/records", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal(["identity"], answer.Headers.GetValues("Accept-Encoding"));
        Assert.Contains("Content-Encoding", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/records", "application/json")]
    [InlineData("/v1/verify", "application/json")]
    [InlineData("/signercertificateUpdate", "application/json")]
    public async Task A_mark_before_the_body_is_passed_over(string path, string type)
    {
        using var clerk = service.Clerk();
        using var content = new StringContent(
            "\uFEFF" + (path == "/signercertificateUpdate" ? "[]" : "{\"nonsense\":1}"), Encoding.UTF8, type);
        using var answer = await clerk.PostAsync(path, content);

        Assert.DoesNotContain("not JSON", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("1")]
    public async Task A_version_is_taken_with_and_without_quotes(string version)
    {
        using var clerk = service.Clerk();
        var dose = Person.Hoa.Dose($"quoted-{version.Length}", 1, "2026-04-01");
        var id = (await clerk.SubmitAsync(dose)).GetProperty("id").GetString();
        dose["lot"] = "OTHER";
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/records/{id}")
        {
            Content = System.Net.Http.Json.JsonContent.Create(dose),
        };
        request.Headers.TryAddWithoutValidation("If-Match", version);
        await clerk.SendAsync(request).JsonAsync(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/v1/worklist?facility=%00", 400)]
    [InlineData("/v1/worklist?commune=%01&province=%7f", 400)]
    [InlineData("/v1/records/%00", 400)]
    [InlineData("/v1/records/%zz", 404)]
    [InlineData("/v1/records/%ff%fe", 404)]
    [InlineData("/v1/records/..%2f..%2fhealthz", 404)]
    [InlineData("/v1/records?after=%f0%9f%98", 400)]
    public async Task No_address_is_a_failure(string path, int status) => Assert.Equal(
        status, await RawAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Clerk}\r\n"));

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n7FFFFFFFF\r\n{")]
    [InlineData("POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n{")]
    [InlineData("POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n")]
    [InlineData("POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n"
        + "Content-Type: application/json\r\n")]
    public async Task No_length_is_a_failure(string request) =>
        Assert.InRange(await RawAsync(request), 400, 499);

    [Fact]
    public async Task A_giant_header_is_431() => Assert.Equal(
        431, await RawAsync($"GET /v1/me HTTP/1.1\r\nHost: x\r\nX-Much: {new string('a', 40_000)}\r\n"));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJhcHAiXX0.")]
    [InlineData("eyJhbGciOjF9.eyJyb2xlcyI6e319.AAAA")]
    [InlineData("eyJhbGciOiJFUzI1NiIsImtpZCI6bnVsbH0.bnVsbA.AAAA")]
    [InlineData("eyJhbGciOiJFUzI1NiIsImtpZCI6W119.W10.AAAA")]
    [InlineData("a.b.c.d.e")]
    [InlineData("\u00e9\u00e9.\u00e9.\u00e9")]
    public async Task No_token_is_a_failure(string token)
    {
        Assert.Equal(401, await RawAsync($"GET /v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"));
        Assert.Equal(401, await RawAsync(
            $"GET /v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nAuthorization: Basic x\r\n"));
    }

    string Clerk => service.Token(Roles.FacilityClerk, ("facility", RunningService.Facility), ("commune", "1"));

    async Task<int> RawAsync(string head)
    {
        using var anyone = service.Client();
        using var connection = new TcpClient();
        await connection.ConnectAsync(anyone.BaseAddress!.Host, anyone.BaseAddress.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(
            head.Contains("\r\n\r\n", StringComparison.Ordinal) ? head : head + "Connection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}

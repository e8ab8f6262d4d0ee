using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Features.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Issuer.Server.Tests.Identity;

/// <summary>How the stand-in answers.</summary>
public enum ExchangeMode
{
    Right,
    Slow,
    HalfFailing,
    Garbage,
    HalfAnswers,
    SlowLoris,
    Huge,
    Gone,
}

/// <summary>
/// A national exchange in this process, which knows <see cref="Person.Registered"/> and can be made to fail.
/// </summary>
public sealed class StandInExchange : IAsyncLifetime
{
    const string Token = "exchange-token";

    readonly TaskCompletionSource released = new();

    WebApplication? app;
    int asked;

    public ExchangeMode Mode { get; set; }

    /// <summary>Every query as it came, in no order.</summary>
    public ConcurrentQueue<JsonElement> Queries { get; } = new();

    internal ExchangeOptions Options { get; private set; } = null!;

    /// <summary>Slow answers come now, and later ones at once.</summary>
    public void Release() => released.TrySetResult();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Options = new ExchangeOptions(new Uri(app.Urls.First()), Token, "000.00.00.G12", "DVC", "1", "CB");
    }

    public async Task DisposeAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization != $"Bearer {Token}")
        {
            http.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            return;
        }
        var query = (await JsonDocument.ParseAsync(http.Request.Body)).RootElement.Clone();
        Queries.Enqueue(query);
        var answer = JsonSerializer.SerializeToUtf8Bytes(WrapperOf(DataOf(query)));
        switch (Mode)
        {
            case ExchangeMode.Slow:
                await HeldAsync(http);
                break;
            case ExchangeMode.HalfFailing when Interlocked.Increment(ref asked) % 2 == 0:
                http.Response.StatusCode = (int)HttpStatusCode.BadGateway;
                return;
            case ExchangeMode.Garbage:
                answer = "<html>Bad gateway</html>"u8.ToArray();
                break;
            case ExchangeMode.HalfAnswers:
                answer = answer[..(answer.Length / 2)];
                break;
            case ExchangeMode.Huge:
                answer = [.. answer, .. Enumerable.Repeat((byte)' ', ExchangeAnswer.LargestBody)];
                break;
            case ExchangeMode.SlowLoris:
                await DripAsync(http, answer);
                return;
            case ExchangeMode.Gone:
                http.Abort();
                return;
        }
        await http.Response.Body.WriteAsync(answer);
    }

    /// <summary>Until a test says so; nobody who asks has that patience.</summary>
    async Task HeldAsync(HttpContext http)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            app!.Lifetime.ApplicationStopping, http.RequestAborted);
        await released.Task.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A byte now and then: never silent, never done.</summary>
    async Task DripAsync(HttpContext http, byte[] answer)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            app!.Lifetime.ApplicationStopping, http.RequestAborted);
        foreach (var letter in answer)
        {
            await http.Response.Body.WriteAsync(new[] { letter });
            await Task.Delay(TimeSpan.FromMilliseconds(100), either.Token).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            if (either.IsCancellationRequested)
            {
                return;
            }
        }
    }

    static object WrapperOf(object data) => new
    {
        code = 200,
        status = "OK",
        correlationId = "c-1",
        response = new { error_code = "0", message = "", data },
    };

    /// <summary>Also tells the person when something is wrong, which nobody may read.</summary>
    static object DataOf(JsonElement query)
    {
        string? Field(string name) => query.GetProperty(name).GetString();
        var person = new[] { Person.Hoa, Person.Duc }.FirstOrDefault(p => p.Number == Field("SoDinhDanh"));
        var words = $"{person?.FamilyName} {person?.GivenName}".Split(' ');
        return new
        {
            KetQua = new
            {
                HoVaTen = person is not null && NameKey.Of(Field("HoVaTen")!) == NameKey.Of(string.Join(' ', words)),
                GioiTinh = person is not null && Field("GioiTinh") == (person.Sex == Sex.Male ? "1" : "2"),
                NgayThangNamSinh = person is not null && Field("NgayThangNamSinh") == person.Born,
                SoDinhDanh = person is not null,
                HoVaTenKhongDau = person is not null
                    && NameKey.WithoutMarks(Field("HoVaTen")!) == NameKey.WithoutMarks(string.Join(' ', words)),
            },
            HoVaTen = new { Ho = words[0], ChuDem = string.Join(' ', words[1..^1]), Ten = words[^1] },
            SoDinhDanh = person?.Number,
            SoCMND = (string?)null,
            NgayThangNamSinh = person?.Born,
        };
    }
}

using System.Net;
using System.Net.Sockets;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Access;
using Issuer.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Issuer.Server.Tests.Http;

/// <summary>
/// A store that is away or full is 503 or 507, with when to come again; what is our own mistake stays 500.
/// </summary>
public sealed class OutageTests
{
    public static TheoryData<Exception, HttpStatusCode, string?> Failures => new()
    {
        { new SqliteException("full", 13), HttpStatusCode.InsufficientStorage, "60" },
        { new SqliteException("busy", 5), HttpStatusCode.ServiceUnavailable, "10" },
        { new SqliteException("i/o", 10), HttpStatusCode.ServiceUnavailable, "10" },
        { new IOException("full", 28), HttpStatusCode.InsufficientStorage, "60" },
        { Postgres("53100"), HttpStatusCode.InsufficientStorage, "60" },
        { Postgres("57P01"), HttpStatusCode.ServiceUnavailable, "10" },
        { Postgres("25006"), HttpStatusCode.ServiceUnavailable, "10" },
        { new NpgsqlException("away", new SocketException(111)), HttpStatusCode.ServiceUnavailable, "10" },
        { Postgres("42P01"), HttpStatusCode.InternalServerError, null },
        { new SqliteException("no such table", 1), HttpStatusCode.InternalServerError, null },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_the_store_says_decides_the_answer(
        Exception failure, HttpStatusCode status, string? retryAfter)
    {
        var service = new RunningService
        {
            Otherwise = services => services.AddSingleton<IApprovalStore>(new Failing(failure)),
        };
        await service.InitializeAsync();
        try
        {
            using var auditor = service.Client(service.Token(Roles.Auditor));
            using var answer = await auditor.GetAsync("/v1/approvals");

            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(retryAfter, answer.Headers.RetryAfter?.ToString());
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_instance_whose_store_takes_no_write_is_not_ready()
    {
        var service = new RunningService();
        await service.InitializeAsync();
        try
        {
            await using var other = await Database.OpenAsync(null, service.Data.Path, default);
            await other.ReadAsync(
                async connection =>
                {
                    // Somebody holds the only writer's place, as a disk that hangs would.
                    await using var begin = connection.CreateCommand();
                    begin.CommandText = "begin immediate";
                    await begin.ExecuteNonQueryAsync();
                    using var probe = service.Client();
                    await probe.GetAsync("/healthz/ready").JsonAsync(HttpStatusCode.ServiceUnavailable);
                    await probe.GetAsync("/healthz/live").JsonAsync(HttpStatusCode.OK);
                    begin.CommandText = "rollback";
                    return await begin.ExecuteNonQueryAsync();
                },
                default);
            using var again = service.Client();
            await Eventually.TrueAsync(async () =>
                (await again.GetAsync("/healthz/ready")).StatusCode == HttpStatusCode.OK, "it is ready again");
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    static PostgresException Postgres(string state) => new("refused", "ERROR", "ERROR", state);

    sealed class Failing(Exception failure) : IApprovalStore
    {
        public Task<IReadOnlyList<Approval>> PageAsync(long after, int limit, CancellationToken cancel) =>
            throw failure;

        public Task<IReadOnlyList<Approval>> WaitingAsync(string act, CancellationToken cancel) => throw failure;

        public Task<long> NewIdAsync(CancellationToken cancel) => throw failure;

        public Task<T> DecideAsync<T>(Func<IApprovalTransaction, Task<T>> decide, CancellationToken cancel) =>
            throw failure;
    }
}

using Issuer.Core;

namespace Issuer.Storage;

/// <summary>
/// What was made under which key, kept in the transaction that makes it. Of two who race, the loser's transaction
/// begins anew and finds the winner's.
/// </summary>
static class IdempotencyKeys
{
    public static async Task<EarlierRequest?> FindAsync(WriteSession session, RequestKey request) =>
        (await session.QueryAsync<Row>(
            "select digest, object_id from idempotency_key where caller = @Caller and route = @Route and key = @Key",
            new { request.Caller, request.Route, request.Key }))
        .Select(row => new EarlierRequest(row.ObjectId, row.Digest.AsSpan().SequenceEqual(request.Digest)))
        .SingleOrDefault();

    /// <param name="request">Null when the caller gave no key: then nothing is kept.</param>
    public static Task KeepAsync(WriteSession session, RequestKey? request, long objectId, Act act) =>
        request is null
            ? Task.CompletedTask
            : session.InsertOneAsync("idempotency_key", new
            {
                request.Caller, request.Route, request.Key, request.Digest, objectId,
                createdAt = act.At.ToUnixTimeSeconds(),
            });

    sealed record Row(byte[] Digest, long ObjectId);
}

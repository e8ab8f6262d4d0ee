using Issuer.Core;
using Issuer.Core.Certificates;

namespace Issuer.Storage.Certificates;

/// <summary>What provinces allow at the counters of their facilities.</summary>
sealed class HandOutAllowances(Database database) : ITransactions<IHandOutAllowanceTransaction>
{
    public Task<T> DecideAsync<T>(Func<IHandOutAllowanceTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new Transaction(session)), cancel);

    sealed class Transaction(WriteSession session) : IHandOutAllowanceTransaction
    {
        public async Task<(bool IsFound, string? Province)> ProvinceOfAsync(string facility) =>
            (await session.QueryAsync<Place>("select province from facility where code = @facility", new { facility }))
                .SingleOrDefault() is { } place ? (true, place.Province) : (false, null);

        public Task AllowAsync(HandOutAllowance allowance, DateTimeOffset end, Act act) => session.InsertAsync(
            "hand_out_allowance",
            [
                new
                {
                    facility = allowance.Facility, perClerkAndDay = allowance.PerClerkAndDay,
                    until = end.ToUnixTimeSeconds(), reason = allowance.Reason, allowedBy = act.Actor,
                    allowedAt = act.At.ToUnixTimeSeconds(),
                },
            ],
            "on conflict (facility) do update set per_clerk_and_day = excluded.per_clerk_and_day, "
                + "until = excluded.until, reason = excluded.reason, allowed_by = excluded.allowed_by, "
                + "allowed_at = excluded.allowed_at");

        public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
            AuditRows.AddAsync(session, act, what, objects);

        public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
    }

    sealed record Place(string? Province);
}

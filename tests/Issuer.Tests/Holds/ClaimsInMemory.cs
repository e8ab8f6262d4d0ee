using Issuer.Core.Holds;

namespace Issuer.Tests.Holds;

/// <summary>Claims as a store keeps them, for one after another.</summary>
sealed class ClaimsInMemory : IClaimRows
{
    readonly List<(KeptClaim Claim, DateTimeOffset At)> kept = [];

    public IReadOnlyList<KeptClaim> Kept => kept.ConvertAll(claim => claim.Claim);

    public Dictionary<string, (DateOnly Day, long Used)> Used { get; } = [];

    /// <summary>Of the facility's cleaning list.</summary>
    public Dictionary<string, long> Left { get; } = [];

    public int Asked { get; private set; }

    public Task<IReadOnlyList<KeptClaim>> MadeAsync(
        IReadOnlyCollection<Claim> claims, IReadOnlyCollection<string> facilities)
    {
        Asked++;
        var numbers = claims.Select(claim => claim.Number).ToHashSet();
        var persons = claims.Select(claim => claim.Person).ToHashSet();
        return Task.FromResult<IReadOnlyList<KeptClaim>>([.. Kept.Where(claim =>
            (numbers.Contains(claim.Claim.Number) && facilities.Contains(claim.Facility))
            || persons.Contains(claim.Claim.Person))]);
    }

    public Task AddAsync(IReadOnlyCollection<AnsweredClaim> claims)
    {
        foreach (var (placed, at) in claims)
        {
            Assert.DoesNotContain(Kept, other => other.Facility == placed.Record.Facility
                && other.Claim.Number == placed.Claim.Number && other.NumberPlace == placed.NumberPlace);
            kept.Add((
                new KeptClaim(placed.Claim, placed.Record.Facility, placed.NumberPlace, placed.PersonPlace, at),
                placed.Act.At));
        }
        return Task.CompletedTask;
    }

    public Task<long> CountAsync(string caller, DateOnly day, long claims, int perDay)
    {
        var before = Used.TryGetValue(caller, out var use)
            ? Math.Max(0, use.Used - ((day.DayNumber - use.Day.DayNumber) * perDay))
            : 0;
        Used[caller] = (day, before + claims);
        return Task.FromResult(before + claims);
    }

    public Task<long> DrawAsync(string facility, long claims, DateTimeOffset now)
    {
        var drawn = Math.Min(claims, Left.GetValueOrDefault(facility));
        Left[facility] = Left.GetValueOrDefault(facility) - drawn;
        return Task.FromResult(drawn);
    }

    public Task<IReadOnlySet<long>> ClaimedAtAsync(
        IReadOnlyCollection<long> numbers, int facilities, DateTimeOffset since) =>
        Task.FromResult<IReadOnlySet<long>>(numbers.Where(number => kept
            .Where(claim => claim.Claim.Claim.Number == number && claim.At > since)
            .Select(claim => claim.Claim.Facility).Distinct().Count() >= facilities).ToHashSet());
}

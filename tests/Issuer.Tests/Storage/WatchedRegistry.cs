using Issuer.Core.Identity;

namespace Issuer.Tests.Storage;

/// <summary>What was asked for, and when first.</summary>
sealed class WatchedRegistry(IPopulationRegistry registry) : IPopulationRegistry
{
    readonly Dictionary<RegistryQuery, DateTimeOffset> asked = [];
    readonly HashSet<RegistryQuery> offered = [];

    public DateTimeOffset Now { get; set; }

    /// <summary>Whose round it is: what others ask is not watched.</summary>
    public bool IsWatching { get; set; }

    /// <summary>Without what was suggested: that costs nothing to accept.</summary>
    public IEnumerable<(RegistryQuery Query, DateTimeOffset At)> Asked =>
        asked.Where(one => !offered.Contains(one.Key)).Select(one => (one.Key, one.Value));

    public async Task<IReadOnlyList<RegistryAnswer?>> LookUpAsync(
        IReadOnlyList<RegistryQuery> queries, CancellationToken cancel)
    {
        var answers = await registry.LookUpAsync(queries, cancel);
        foreach (var (query, answer) in queries.Zip(answers))
        {
            if (query.ByNumberOnly && answer?.Person is not null)
            {
                offered.Add(query with { ByNumberOnly = false });
            }
            else if (IsWatching && !query.ByNumberOnly)
            {
                asked.TryAdd(query, Now);
            }
        }
        return answers;
    }
}

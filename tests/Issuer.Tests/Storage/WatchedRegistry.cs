using Issuer.Core.Identity;

namespace Issuer.Tests.Storage;

/// <summary>Who was asked about, and when first.</summary>
sealed class WatchedRegistry(IPopulationRegistry registry) : IPopulationRegistry
{
    readonly Dictionary<(string Number, string Person), DateTimeOffset> asked = [];
    readonly HashSet<(string Number, string Person)> offered = [];

    public DateTimeOffset Now { get; set; }

    /// <summary>Whose round it is: what others ask is not watched.</summary>
    public bool IsWatching { get; set; }

    /// <summary>By what they have in common, the moments at which another of the other was first asked for.</summary>
    public IEnumerable<(string Of, List<DateTimeOffset> Asked)> PersonsByNumber => Grouped(pair => pair.Number);

    public IEnumerable<(string Of, List<DateTimeOffset> Asked)> NumbersByPerson => Grouped(pair => pair.Person);

    public int Pairs => asked.Count;

    public async Task<IReadOnlyList<RegistryAnswer?>> LookUpAsync(
        IReadOnlyList<RegistryQuery> queries, CancellationToken cancel)
    {
        var answers = await registry.LookUpAsync(queries, cancel);
        foreach (var (query, answer) in queries.Zip(answers))
        {
            var pair = (query.Number, $"{NameKey.Of(query.FullName)} {query.DateOfBirth} {query.Sex}");
            if (query.ByNumberOnly && answer?.Person is not null)
            {
                // A suggestion, which costs nothing to accept.
                offered.Add(pair);
            }
            else if (IsWatching && !query.ByNumberOnly)
            {
                asked.TryAdd(pair, Now);
            }
        }
        return answers;
    }

    IEnumerable<(string Of, List<DateTimeOffset> Asked)> Grouped(
        Func<(string Number, string Person), string> common) =>
        asked.Where(pair => !offered.Contains(pair.Key)).GroupBy(pair => common(pair.Key), pair => pair.Value).Select(same => (same.Key, same.Order().ToList()));
}

using Issuer.Core.Records;

namespace Issuer.Core.Facilities;

/// <summary>An earlier dose of the person, as a statement may rely on it.</summary>
/// <param name="IsSignedFor">A statement speaks of it, or relies on it.</param>
public sealed record EarlierDose(StoredRecord Stored, byte[] Digest, bool IsSignedFor)
{
    public ReliedDose Relied => new(Stored.Id, Stored.Version, Digest);
}

/// <summary>
/// Which earlier doses a facility signs for with its own (<c>last-dose</c>: it signs for the series). What others
/// entered and nobody signed for only where the number it typed says that somebody gave it: or a stranger's entry would
/// be signed for by whoever knows nothing of it. Pure.
/// </summary>
public static class RelianceRule
{
    /// <param name="earlier">By day and record.</param>
    public static IReadOnlyList<ReliedDose> Of(VaccinationRecord dose, IReadOnlyList<EarlierDose> earlier)
    {
        var known = earlier.Where(other => other.IsSignedFor || other.Stored.Record.Facility == dose.Facility).ToList();
        // Without a number nothing says how many there were.
        var others = dose.DoseNumber is { } number
            ? Filling(Missing(number, known), [.. earlier.Except(known)])
            : earlier;
        var relied = known.Concat(others).ToHashSet();
        return [.. earlier.Where(relied.Contains).Select(other => other.Relied)];
    }

    /// <summary>The places below a dose that none of the doses has; one without a number has the lowest.</summary>
    static List<int> Missing(int number, List<EarlierDose> known)
    {
        var missing = Enumerable.Range(1, number - 1)
            .Except(known.Select(other => other.Stored.Record.DoseNumber).OfType<int>()).ToList();
        return [.. missing.Skip(known.Count(other => other.Stored.Record.DoseNumber is null))];
    }

    /// <summary>One for each place: what names it, entered first, else the earliest that names none.</summary>
    static IEnumerable<EarlierDose> Filling(List<int> places, List<EarlierDose> others)
    {
        var unnumbered = new Queue<EarlierDose>(others.Where(other => other.Stored.Record.DoseNumber is null));
        foreach (var place in places)
        {
            var named = others.Where(other => other.Stored.Record.DoseNumber == place)
                .MinBy(other => other.Stored.Id);
            if (named is not null)
            {
                yield return named;
            }
            else if (unnumbered.TryDequeue(out var any))
            {
                yield return any;
            }
        }
    }
}

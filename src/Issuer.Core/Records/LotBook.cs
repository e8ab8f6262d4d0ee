namespace Issuer.Core.Records;

/// <summary>
/// What is booked of a lot: doses that a facility or a place (a commune or a province) received, or passed on.
/// </summary>
/// <param name="Holder">A facility's code, or a place's.</param>
/// <param name="Doses">Below zero: passed on.</param>
public sealed record Lot(
    string Product, string Number, string Holder, DateOnly ExpiresOn, long Doses, bool IsPlace = false)
{
    public bool IsPassedOn => Doses < 0;

    /// <summary>
    /// Rows that tell of the same doses of a lot, received or passed on, are one: a file lists every delivery.
    /// </summary>
    public static IEnumerable<Lot> Together(IEnumerable<Lot> rows) => rows
        .GroupBy(row => (row.Product, row.Number, row.Holder, row.IsPlace, row.IsPassedOn))
        .Select(same => same.Last() with { Doses = same.Sum(row => row.Doses) });
}

/// <summary>The lots that were received. Empty when no lots were loaded, and then it warns of nothing.</summary>
/// <param name="placesOf">Where a facility's doses may be booked besides, the nearest first.</param>
public sealed class LotBook(IEnumerable<Lot> lots, IReadOnlyDictionary<string, IReadOnlyList<string>> placesOf)
{
    readonly Dictionary<(string Product, string Number, string Holder, bool IsPlace), DateOnly> expiries = lots
        .Where(lot => !lot.IsPassedOn)
        .ToDictionary(lot => (lot.Product, lot.Number, lot.Holder, lot.IsPlace), lot => lot.ExpiresOn);

    public static LotBook Empty { get; } = new([], new Dictionary<string, IReadOnlyList<string>>());

    public IEnumerable<Fault> Warnings(VaccinationRecord record)
    {
        if (expiries.Count == 0 || record.Lot.Length == 0)
        {
            yield break;
        }
        if (ExpiryOf(record) is not { } expiresOn)
        {
            yield return new Fault("lot", FaultCode.UnknownLot);
        }
        else if (expiresOn < record.VaccinatedOn)
        {
            yield return new Fault("lot", FaultCode.ExpiredLot);
        }
    }

    DateOnly? ExpiryOf(VaccinationRecord record)
    {
        if (Find(record.Facility, isPlace: false) is { } own)
        {
            return own;
        }
        return placesOf.GetValueOrDefault(record.Facility, []).Select(place => Find(place, isPlace: true))
            .FirstOrDefault(expiresOn => expiresOn is not null);

        DateOnly? Find(string holder, bool isPlace) =>
            expiries.TryGetValue((record.Product, record.Lot, holder, isPlace), out var day) ? day : null;
    }
}

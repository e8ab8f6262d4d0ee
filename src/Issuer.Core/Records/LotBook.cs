namespace Issuer.Core.Records;

/// <summary>One row of <c>lots.csv</c>: what a facility received.</summary>
public sealed record Lot(string Product, string Number, string Facility, DateOnly ExpiresOn, long Doses);

/// <summary>The lots that facilities received. Empty when no lots were loaded, and then it warns of nothing.</summary>
public sealed class LotBook
{
    readonly Dictionary<(string Product, string Number, string Facility), DateOnly> expiries;

    public LotBook(IEnumerable<Lot> lots) =>
        expiries = lots.ToDictionary(lot => (lot.Product, lot.Number, lot.Facility), lot => lot.ExpiresOn);

    public static LotBook Empty { get; } = new([]);

    public IEnumerable<Fault> Warnings(VaccinationRecord record)
    {
        if (expiries.Count == 0 || record.Lot.Length == 0)
        {
            yield break;
        }
        if (!expiries.TryGetValue((record.Product, record.Lot, record.Facility), out var expiresOn))
        {
            yield return new Fault("lot", FaultCode.UnknownLot);
        }
        else if (expiresOn < record.VaccinatedOn)
        {
            yield return new Fault("lot", FaultCode.ExpiredLot);
        }
    }
}

namespace Issuer.Storage.Holds;

/// <summary>A product at a facility or, of a shared stock, at a place.</summary>
/// <param name="Holder">Its code.</param>
readonly record struct ProductAt(string Holder, string Product);

/// <summary>Doses of a product that a facility entered, of one day of vaccination or of all of them.</summary>
/// <param name="Day">As stored; <see cref="AllDays"/>: of all.</param>
readonly record struct DosesOf(ProductAt At, string Day) : IComparable<DosesOf>
{
    /// <summary>Comes before every day: rows are locked in their order.</summary>
    public const string AllDays = "";

    public DosesOf OfAllDays => this with { Day = AllDays };

    public int CompareTo(DosesOf other) =>
        string.CompareOrdinal(At.Holder, other.At.Holder) is not 0 and var holder ? holder
        : string.CompareOrdinal(At.Product, other.At.Product) is not 0 and var product ? product
        : string.CompareOrdinal(Day, other.Day);
}

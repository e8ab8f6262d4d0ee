using System.Text.Json;

namespace Issuer.Hcert;

/// <summary>A vaccine as it may be encoded.</summary>
/// <param name="Code"><c>mp</c>.</param>
/// <param name="Display">Name for people.</param>
/// <param name="Holder">The only <c>ma</c> that goes with it.</param>
/// <param name="Prophylaxes">Every <c>vp</c> that goes with it, the preferred one first.</param>
/// <param name="TradeNames">Names it goes by in Vietnam; none when it is not one of the eight licensed there.</param>
/// <param name="From">First day on which it may be encoded; null: always.</param>
/// <param name="To">Last day on which it may be encoded; null: still.</param>
public sealed record Product(
    string Code,
    string Display,
    string Holder,
    IReadOnlyList<string> Prophylaxes,
    IReadOnlyList<string> TradeNames,
    DateOnly? From,
    DateOnly? To);

/// <summary>
/// Which product goes with which holder and prophylaxis (eu-dcc-valuesets 2.12.0, vaccine-encoding-instructions), with
/// the trade names of the eight products licensed in Vietnam. The data is Data/products.json: what the value sets mark
/// inactive ends the day before the version that says so.
/// </summary>
public static class ValueSets
{
    /// <summary>All products, in the order of the published table.</summary>
    public static IReadOnlyList<Product> Products { get; } = ReadProducts();

    static readonly Dictionary<string, Product> ByCode = Products.ToDictionary(product => product.Code);

    static readonly Dictionary<string, Product> ByTradeName = Products
        .SelectMany(product => product.TradeNames.Select(name => (Key: Fold(name), product)))
        .ToDictionary(pair => pair.Key, pair => pair.product);

    /// <summary>The product of an <c>mp</c> code, exactly as written; null when there is none.</summary>
    public static Product? FindProduct(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The product of a Vietnamese trade name, whatever its case and spacing; null when unknown.</summary>
    public static Product? FindTradeName(string name) => ByTradeName.GetValueOrDefault(Fold(name));

    /// <summary>What is wrong with the three codes together on the day they are encoded; empty when nothing.</summary>
    public static IReadOnlyList<string> TripleFaults(string product, string holder, string prophylaxis, DateOnly on)
    {
        if (FindProduct(product) is not { } known)
        {
            return ["mp: not a known product"];
        }
        var faults = new List<string>();
        if (known.From > on || known.To < on)
        {
            faults.Add($"mp: {known.Code} may not be encoded on this day");
        }
        if (known.Holder != holder)
        {
            faults.Add($"ma: {known.Code} belongs to {known.Holder}");
        }
        if (!known.Prophylaxes.Contains(prophylaxis))
        {
            faults.Add($"vp: {known.Code} is one of {string.Join(", ", known.Prophylaxes)}");
        }
        return faults;
    }

    static List<Product> ReadProducts()
    {
        using var stream = EmbeddedData.Open("products.json");
        return JsonSerializer.Deserialize<List<Product>>(stream, JsonSerializerOptions.Web)!;
    }

    static string Fold(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant));
}

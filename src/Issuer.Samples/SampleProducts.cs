namespace Issuer.Samples;

/// <summary>
/// A licensed product: its EU code, its Vietnamese trade name, how many of a hundred first doses it was, how many
/// doses make its primary course, and what its lot numbers begin with.
/// </summary>
sealed record SampleProduct(string Code, string TradeName, int Weight, int PrimaryDoses, string LotPrefix);

static class SampleProducts
{
    public static readonly SampleProduct AstraZeneca = new("EU/1/21/1529", "AstraZeneca", 32, 2, "AZ");
    public static readonly SampleProduct Pfizer = new("EU/1/20/1528", "Pfizer", 29, 2, "PF");
    public static readonly SampleProduct Moderna = new("EU/1/20/1507", "Moderna", 8, 2, "MD");
    public static readonly SampleProduct Janssen = new("EU/1/20/1525", "Janssen", 2, 1, "JN");
    public static readonly SampleProduct VeroCell = new("BBIBP-CorV", "Vero Cell", 22, 2, "VC");
    public static readonly SampleProduct HayatVax = new("Hayat-Vax", "Hayat-Vax", 2, 2, "HV");
    public static readonly SampleProduct SputnikV = new("Sputnik-V", "Sputnik V", 2, 2, "SV");
    public static readonly SampleProduct Abdala = new("Abdala", "Abdala", 3, 3, "AB");

    public static readonly SampleProduct[] All =
        [AstraZeneca, Pfizer, Moderna, Janssen, VeroCell, HayatVax, SputnikV, Abdala];

    public static SampleProduct Pick(SampleRandom random) => random.PickWeighted(All, product => product.Weight);
}

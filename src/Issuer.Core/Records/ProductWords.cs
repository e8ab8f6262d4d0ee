using Issuer.Hcert;

namespace Issuer.Core.Records;

/// <summary>
/// What people write beside or instead of a product's trade name: its maker, its code in trials, for whom it is. A text
/// names a product when all its words belong to that one, so that nothing is guessed from a part.
/// </summary>
static class ProductWords
{
    /// <summary>By EU code. What the policy calls a product is known without this.</summary>
    static readonly IReadOnlyDictionary<string, string[]> Makers = new Dictionary<string, string[]>
    {
        ["EU/1/21/1529"] =
        [
            "AZ", "Astra Zeneca", "AZD1222", "ChAdOx1", "ChAdOx1-S", "Oxford", "Oxford AstraZeneca",
        ],
        ["EU/1/20/1528"] = ["BioNTech", "Pfizer BioNTech", "BNT162b2", "Pfizer Inc", "Tozinameran", "PFZ"],
        ["EU/1/20/1507"] = ["mRNA-1273", "Elasomeran"],
        ["EU/1/20/1525"] = ["Johnson", "Johnson & Johnson", "Johnson Johnson", "J&J", "JJ", "Ad26.COV2.S"],
        ["BBIBP-CorV"] = ["Vero", "Beijing", "BIBP", "CNBG", "Sinopharm Beijing", "Vero Cell Inactivated"],
        ["Hayat-Vax"] = ["Hayat", "Julphar"],
        ["Sputnik-V"] = ["Sputnik", "Gamaleya", "Gam COVID Vac"],
        ["Abdala"] = ["CIGB", "CIGB-66"],
    };

    /// <summary>Folded words that name nothing: what it is, against what, for whom, how much.</summary>
    static readonly HashSet<string> Filling =
    [
        "VAC", "XIN", "VACXIN", "VACCIN", "VACCINE", "VACCINES", "VX", "VC", "COVID", "COVID19", "19", "NCOV", "SARS",
        "COV", "2", "PHONG", "NGUA", "BENH", "TIEM", "CHUNG", "CUA", "HANG", "LOAI", "THUOC", "HIEU", "CHO", "DANH",
        "TRE", "EM", "TE", "NHI", "NGUOI", "LON", "NL", "TUOI", "5", "11", "12", "17", "DEN", "DUOI", "TU", "LIEU",
        "MUI", "MCG", "ML", "10", "30", "0", "03", "MAU", "TIM", "CAM", "XAM", "NAP", "LO", "KIDS", "CHILDREN",
        "PEDIATRIC", "ADULT", "FOR", "INC", "PLC", "AND", "VA", "MRNA", "INACTIVATED",
    ];

    /// <summary>The words of a text, folded: "Vắc xin Vero-Cell" is VAC, XIN, VERO, CELL.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        foreach (var part in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            var folded = Fold(part);
            if (folded.Length > 0)
            {
                words.Add(folded);
            }
        }
        return words;
    }

    /// <summary>Every way to spell the product, each as one folded word.</summary>
    public static IEnumerable<string> SpellingsOf(LicensedProduct product) =>
        product.Names.Append(product.Code).Concat(Makers.GetValueOrDefault(product.Code, []))
            .Select(name => string.Concat(Of(name))).Distinct();

    public static bool IsFilling(string word) => Filling.Contains(word);

    static readonly char[] Separators = [.. " \t\n\r-–/,;.:()[]&+_\"'"];

    static string Fold(string word) => string.Concat(
        CanonicalText.ToNfd(word).Where(c => char.IsAsciiLetterOrDigit(c) || c is 'đ' or 'Đ')
            .Select(c => c is 'đ' or 'Đ' ? 'D' : char.ToUpperInvariant(c)));
}

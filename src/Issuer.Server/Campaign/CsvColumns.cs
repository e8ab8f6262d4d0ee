using Issuer.Hcert;

namespace Issuer.Server.Campaign;

/// <summary>One of the four files of a campaign (contract.md, "CSV").</summary>
/// <param name="Required">Column names; a group of alternatives is joined by '|'.</param>
/// <param name="Aliases">Vietnamese header names, folded, to the contract's name.</param>
sealed record CsvKind(
    string Name, IReadOnlyList<string> Required, IReadOnlyList<string> Optional,
    IReadOnlyDictionary<string, string> Aliases)
{
    public static readonly CsvKind Records = new(
        "records",
        ["reference", "facility", "family_name|given_name|full_name", "sex", "date_of_birth", "identity_number",
            "product", "vaccinated_on"],
        ["identity_type", "nationality", "lot", "dose_number", "dose_kind", "corrects", "errors"],
        FoldKeys(new()
        {
            ["mã tham chiếu"] = "reference", ["số tham chiếu"] = "reference",
            ["cơ sở"] = "facility", ["mã cơ sở"] = "facility", ["cơ sở tiêm chủng"] = "facility",
            ["họ"] = "family_name", ["tên"] = "given_name", ["tên đệm và tên"] = "given_name",
            ["chữ đệm và tên"] = "given_name", ["họ và tên"] = "full_name", ["họ tên"] = "full_name",
            ["giới tính"] = "sex", ["ngày sinh"] = "date_of_birth", ["ngày tháng năm sinh"] = "date_of_birth",
            ["loại giấy tờ"] = "identity_type", ["số giấy tờ"] = "identity_number",
            ["số định danh"] = "identity_number",
            ["số cccd/cmnd"] = "identity_number", ["cccd/cmnd"] = "identity_number", ["số cccd"] = "identity_number",
            ["quốc tịch"] = "nationality", ["vắc xin"] = "product", ["tên vắc xin"] = "product",
            ["số lô"] = "lot", ["lô"] = "lot", ["mũi số"] = "dose_number", ["mũi tiêm"] = "dose_number",
            ["liều số"] = "dose_number", ["loại mũi"] = "dose_kind", ["loại mũi tiêm"] = "dose_kind",
            ["ngày tiêm"] = "vaccinated_on", ["sửa phiên bản"] = "corrects", ["lỗi"] = "errors",
        }));

    public static readonly CsvKind Population = new(
        "population",
        ["identity_number", "family_name", "given_name", "sex", "date_of_birth"],
        ["old_identity_number", "commune"],
        FoldKeys(new()
        {
            ["số định danh"] = "identity_number", ["số cmnd cũ"] = "old_identity_number", ["họ"] = "family_name",
            ["tên"] = "given_name", ["giới tính"] = "sex", ["ngày sinh"] = "date_of_birth", ["xã"] = "commune",
        }));

    public static readonly CsvKind Facilities = new(
        "facilities", ["code", "name"], ["kind", "province", "commune"],
        FoldKeys(new()
        {
            ["mã"] = "code", ["mã cơ sở"] = "code", ["tên"] = "name", ["tên cơ sở"] = "name", ["loại"] = "kind",
            ["tỉnh"] = "province", ["xã"] = "commune",
        }));

    public static readonly CsvKind Lots = new(
        "lots", ["product", "lot", "expires_on", "facility"], ["doses"],
        FoldKeys(new()
        {
            ["vắc xin"] = "product", ["số lô"] = "lot", ["hạn dùng"] = "expires_on", ["cơ sở"] = "facility",
            ["mã cơ sở"] = "facility", ["số liều"] = "doses",
        }));

    public static readonly IReadOnlyList<CsvKind> All = [Records, Population, Facilities, Lots];

    /// <summary>
    /// The contract's name of a column, whatever its case, spaces, diacritics or language; null: unknown.
    /// </summary>
    public string? Resolve(string header)
    {
        var folded = Fold(header);
        return Aliases.GetValueOrDefault(folded)
            ?? Required.SelectMany(r => r.Split('|')).Concat(Optional).FirstOrDefault(name => Fold(name) == folded);
    }

    /// <summary>The required columns that a header lacks.</summary>
    public IEnumerable<string> Missing(IReadOnlyCollection<string?> resolved) =>
        Required.Where(r => !r.Split('|').Any(resolved.Contains)).Select(
            r => r.Replace("|", " or ", StringComparison.Ordinal));

    static string Fold(string header)
    {
        var letters = CanonicalText.ToNfc(header.Trim()).Replace('_', ' ').Replace('/', ' ');
        return letters.Any(char.IsLetter) ? StandardisedName.Of(letters) : "";
    }

    static Dictionary<string, string> FoldKeys(Dictionary<string, string> aliases) =>
        aliases.ToDictionary(pair => Fold(pair.Key), pair => pair.Value);
}

using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Records;

/// <summary>One of the four files of a campaign (contract.md, "CSV").</summary>
/// <param name="Required">Column names; a group of alternatives is joined by '|'.</param>
/// <param name="Vietnamese">
/// Header names as clerks have them, to the contract's name; the usual one of a column first.
/// </param>
sealed record CsvKind(
    string Name, IReadOnlyList<string> Required, IReadOnlyList<string> Optional,
    IReadOnlyDictionary<string, string> Vietnamese)
{
    static readonly string[] RequiredOfRecords =
    [
        "facility", "family_name|given_name|full_name", "sex", "date_of_birth", "identity_number",
        "product", "vaccinated_on",
    ];

    public static readonly CsvKind Records = new(
        "records", RequiredOfRecords,
        [.. RecordFields.Names.Except(RequiredOfRecords.SelectMany(column => column.Split('|'))), "errors"],
        new Dictionary<string, string>
        {
            ["mã tham chiếu"] = "reference", ["số tham chiếu"] = "reference",
            ["mã cơ sở"] = "facility", ["cơ sở"] = "facility", ["cơ sở tiêm chủng"] = "facility",
            ["họ"] = "family_name", ["tên đệm và tên"] = "given_name", ["chữ đệm và tên"] = "given_name",
            ["tên"] = "given_name", ["họ và tên"] = "full_name", ["họ tên"] = "full_name",
            ["giới tính"] = "sex", ["ngày sinh"] = "date_of_birth", ["ngày tháng năm sinh"] = "date_of_birth",
            ["năm sinh"] = "date_of_birth", ["loại giấy tờ"] = "identity_type", ["số định danh"] = "identity_number",
            ["số cccd/cmnd"] = "identity_number", ["số cmnd/cccd"] = "identity_number",
            ["cccd/cmnd"] = "identity_number",
            ["cmnd/cccd"] = "identity_number", ["số cccd"] = "identity_number", ["cccd"] = "identity_number",
            ["số cccd/hộ chiếu"] = "identity_number", ["số cmnd/cccd/hộ chiếu"] = "identity_number",
            ["số cccd/cmnd/hộ chiếu"] = "identity_number", ["cccd/hộ chiếu"] = "identity_number",
            ["số hộ chiếu"] = "identity_number", ["số căn cước"] = "identity_number",
            ["số căn cước công dân"] = "identity_number", ["số định danh cá nhân"] = "identity_number",
            ["số cmnd"] = "identity_number",
            ["số giấy tờ"] = "identity_number", ["mã định danh"] = "identity_number",
            ["quốc tịch"] = "nationality", ["vắc xin"] = "product", ["tên vắc xin"] = "product",
            ["loại vắc xin"] = "product", ["số lô"] = "lot", ["lô"] = "lot", ["số lô vắc xin"] = "lot",
            ["mũi số"] = "dose_number", ["mũi tiêm"] = "dose_number", ["mũi"] = "dose_number",
            ["liều số"] = "dose_number", ["mũi thứ"] = "dose_number",
            ["loại mũi"] = "dose_kind", ["loại mũi tiêm"] = "dose_kind",
            ["ngày tiêm"] = "vaccinated_on", ["ngày tiêm chủng"] = "vaccinated_on",
            ["ngày tiêm vắc xin"] = "vaccinated_on",
            ["sửa phiên bản"] = "corrects", ["lỗi"] = "errors",
        });

    public static readonly CsvKind Population = new(
        "population",
        ["identity_number", "family_name", "given_name", "sex", "date_of_birth"],
        ["old_identity_number", "commune"],
        new Dictionary<string, string>
        {
            ["số định danh"] = "identity_number", ["số cmnd cũ"] = "old_identity_number", ["họ"] = "family_name",
            ["tên"] = "given_name", ["giới tính"] = "sex", ["ngày sinh"] = "date_of_birth", ["xã"] = "commune",
        });

    public static readonly CsvKind Facilities = new(
        "facilities", ["code", "name"], ["kind", "province", "commune", "staff", "hours"],
        new Dictionary<string, string>
        {
            ["mã cơ sở"] = "code", ["mã"] = "code", ["tên cơ sở"] = "name", ["tên"] = "name", ["loại"] = "kind",
            ["tỉnh"] = "province", ["xã"] = "commune", ["số nhân viên"] = "staff", ["giờ làm việc"] = "hours",
        });

    public static readonly CsvKind Lots = new(
        "lots", ["product", "lot", "expires_on", "facility|place"], ["doses"],
        new Dictionary<string, string>
        {
            ["vắc xin"] = "product", ["số lô"] = "lot", ["hạn dùng"] = "expires_on", ["mã cơ sở"] = "facility",
            ["cơ sở"] = "facility", ["số liều"] = "doses", ["mã địa bàn"] = "place", ["địa bàn"] = "place",
        });

    public static readonly IReadOnlyList<CsvKind> All = [Records, Population, Facilities, Lots];

    readonly Dictionary<string, string> folded = Vietnamese.ToDictionary(pair => Fold(pair.Key), pair => pair.Value);

    /// <summary>The contract's names, in its order.</summary>
    public IEnumerable<string> Columns => Required.SelectMany(r => r.Split('|')).Concat(Optional);

    /// <summary>
    /// The contract's name of a column, whatever its case, spaces, diacritics, language or remark in brackets; null:
    /// unknown.
    /// </summary>
    public string? Resolve(string header)
    {
        // "Ngày sinh (dd/mm/yyyy) *": what stands in brackets says how to fill it in.
        var name = Fold(header.Split('(')[0]);
        return folded.GetValueOrDefault(name) ?? Columns.FirstOrDefault(column => Fold(column) == name);
    }

    /// <summary>What an unknown column was probably meant to be called; null: nothing is near.</summary>
    public string? NearestTo(string header) =>
        Fold(header) is { Length: > 0 } name
            && Nearest.Of(name, Columns.Concat(Vietnamese.Keys).Select(Fold)) is { } near
            ? Columns.Concat(Vietnamese.Keys).First(known => Fold(known) == near)
            : null;

    /// <summary>A column with what it is usually called in Vietnamese.</summary>
    public string InBothLanguages(string column) =>
        Vietnamese.FirstOrDefault(pair => pair.Value == column).Key is { } name ? $"{column} ({name})" : column;

    /// <summary>The required columns that a header lacks, alternatives in one.</summary>
    public IEnumerable<IReadOnlyList<string>> Missing(IReadOnlyCollection<string?> resolved) =>
        Required.Select(r => r.Split('|')).Where(r => !r.Any(resolved.Contains));

    static string Fold(string header)
    {
        var letters = CanonicalText.ToNfc(header.Trim().TrimEnd('*', ':', ' ')).Replace('_', ' ').Replace('/', ' ');
        return letters.Any(char.IsLetter) ? StandardisedName.Of(letters) : "";
    }
}

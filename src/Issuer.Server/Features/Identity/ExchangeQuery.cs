using System.Text.Json.Serialization;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Server.Features.Identity;

/// <summary>
/// A query as the national exchange takes it (the public request of the population database over NDXP). Either
/// SoDinhDanh, 12 digits, or SoCMND, 9 digits; a birth date is <c>yyyy-mm-dd</c> or <c>yyyy</c>; sex is 1 or 2.
/// </summary>
/// <param name="RequestId">At most 40 characters, another one each time.</param>
sealed record ExchangeQuery(
    [property: JsonPropertyName("MaYeuCau")] string RequestId,
    [property: JsonPropertyName("MaDVC")] string ServiceCode,
    [property: JsonPropertyName("MaTichHop")] string IntegrationCode,
    [property: JsonPropertyName("MaDonVi")] string UnitCode,
    [property: JsonPropertyName("MaCanBo")] string OfficerCode,
    [property: JsonPropertyName("SoDinhDanh")] string? Number,
    [property: JsonPropertyName("SoCMND")] string? OldNumber,
    [property: JsonPropertyName("HoVaTen")] string FullName,
    [property: JsonPropertyName("NgayThangNamSinh")] string DateOfBirth,
    [property: JsonPropertyName("GioiTinh")] string Sex)
{
    /// <summary>Nobody in the registry has a number of another form, so there is nothing to ask.</summary>
    public static bool CanAsk(RegistryQuery query) =>
        IdentityNumbers.IsCccd(query.Number) || IdentityNumbers.IsCmnd(query.Number);

    public static ExchangeQuery Of(RegistryQuery query, ExchangeOptions options, string requestId) => new(
        requestId, options.ServiceCode, options.IntegrationCode, options.UnitCode, options.OfficerCode,
        IdentityNumbers.IsCccd(query.Number) ? query.Number : null,
        IdentityNumbers.IsCmnd(query.Number) ? query.Number : null,
        query.FullName, DateOf(query).ToString(), query.Sex == Core.Records.Sex.Male ? "1" : "2");

    /// <summary>The exchange knows no year and month without a day: the year is asked for.</summary>
    public static PartialDate DateOf(RegistryQuery query) =>
        query.DateOfBirth.Complete is null
            ? PartialDate.Parse(query.DateOfBirth.ToString()[..4])
            : query.DateOfBirth;
}

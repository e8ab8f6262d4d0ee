using System.Text.Json;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Hcert;

namespace Issuer.Server.Features.Identity;

/// <summary>
/// Reads the exchange's answer, <c>{code, status, correlationId, response{error_code, message, data}}</c>. In
/// <c>data</c> stands <c>KetQua</c>, right or wrong for each of the four fields, and when all are right the person:
/// <c>HoVaTen{Ho, ChuDem, Ten}</c>, <c>SoDinhDanh</c>, <c>SoCMND</c>. Foreign bytes: at most 16 KiB and six levels,
/// no member twice. Values beside a wrong field are never read. What is incomplete or says something else than
/// was asked is no answer.
/// </summary>
static class ExchangeAnswer
{
    public const int LargestBody = 16 * 1024;

    const int LongestName = 100;

    static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 6, AllowDuplicateProperties = false };

    static readonly (string Name, IdentityFields Field)[] Results =
    [
        ("HoVaTen", IdentityFields.Name), ("GioiTinh", IdentityFields.Sex),
        ("NgayThangNamSinh", IdentityFields.DateOfBirth), ("SoDinhDanh", IdentityFields.IdentityNumber),
    ];

    /// <summary>
    /// The wrapper's code and what it answers; a code of 0 means that these bytes are not the exchange's.
    /// </summary>
    /// <returns>The answer is null where there is none to <paramref name="query"/>.</returns>
    public static (int Code, RegistryAnswer? Answer) Read(ReadOnlyMemory<byte> body, RegistryQuery query)
    {
        try
        {
            using var json = JsonDocument.Parse(body, Bounds);
            var code = Member(json.RootElement, "code") is { } value ? NumberOf(value) : 0;
            return (code, code == StatusCodes.Status200OK ? AnswerOf(json.RootElement, query) : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (0, null);
        }
    }

    static RegistryAnswer? AnswerOf(JsonElement root, RegistryQuery query)
    {
        if (Member(root, "response") is not { } response
            || Member(response, "error_code") is not { } error || NumberOf(error) != 0
            || Member(response, "data") is not { } data || Member(data, "KetQua") is not { } results)
        {
            return null;
        }
        var wrong = IdentityFields.None;
        foreach (var (name, field) in Results)
        {
            if (FlagOf(results, name) is not { } right)
            {
                return null;
            }
            wrong |= right ? IdentityFields.None : field;
        }
        if (wrong != IdentityFields.None)
        {
            var inMarksOnly = wrong.HasFlag(IdentityFields.Name) && FlagOf(results, "HoVaTenKhongDau") == true;
            return new RegistryAnswer(wrong, null, inMarksOnly);
        }
        return PersonOf(data, query) is { } person ? new RegistryAnswer(wrong, person) : null;
    }

    static RegistryPerson? PersonOf(JsonElement data, RegistryQuery query)
    {
        if (Member(data, "HoVaTen") is not { } name
            || TextOf(name, "Ho") is not { } family || TextOf(name, "Ten") is not { Length: > 0 } last)
        {
            return null;
        }
        var given = TextOf(name, "ChuDem") is { Length: > 0 } middle ? $"{middle} {last}" : last;
        var (number, old) = (TextOf(data, "SoDinhDanh"), TextOf(data, "SoCMND"));
        var isWhoWasAskedFor = NameKey.Of($"{family} {given}") == NameKey.Of(query.FullName)
            && (number is null || IdentityNumbers.IsCccd(number)) && (old is null || IdentityNumbers.IsCmnd(old))
            && (number == query.Number || old == query.Number);
        return isWhoWasAskedFor
            ? new RegistryPerson(
                number, old, CanonicalText.ToNfc(family), CanonicalText.ToNfc(given), query.Sex,
                ExchangeQuery.DateOf(query))
            : null;
    }

    static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

    static bool? FlagOf(JsonElement parent, string name) =>
        Member(parent, name)?.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    /// <summary>Exchanges write their codes as numbers or as strings; -1 is neither.</summary>
    static int NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt32(out var number) => number,
        JsonValueKind.String when int.TryParse(
            value.GetString(), System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
        _ => -1,
    };

    /// <summary>Null also for an empty number, which says the same.</summary>
    static string? TextOf(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value
            && value.GetString() is { Length: <= LongestName } text
            && (text.Length > 0 || name is "Ho" or "ChuDem")
                ? text
                : null;
}

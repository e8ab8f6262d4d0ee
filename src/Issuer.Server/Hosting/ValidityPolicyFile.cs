using System.Text.Json;
using System.Text.Json.Serialization;
using Issuer.Core;
using Issuer.Core.Pki;

namespace Issuer.Server.Hosting;

/// <summary>
/// <c>DATA/validity-policy.json</c>: how long certificates can be used and when their successors come, as
/// <c>{"months": 12, "utcOffsetHours": 7, "endOfDay": true, "regenerationWindowDays": 60,
/// "regenerationSpreadDays": 50}</c>; what is left out is as shown.
/// </summary>
static class ValidityPolicyFile
{
    public const string Name = "validity-policy.json";

    const int LongestMonths = 60;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static ValidityPolicy Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        if (!File.Exists(path))
        {
            return ValidityPolicy.Default;
        }
        try
        {
            var said = JsonSerializer.Deserialize<Said>(File.ReadAllBytes(path), Json)
                ?? throw new JsonException("null");
            var faults = said.Faults().ToList();
            return faults.Count == 0
                ? said.ToPolicy()
                : throw new RefusedException(
                    new Rejection(RejectionKind.Malformed, $"{path}: {string.Join("; ", faults)}"));
        }
        catch (JsonException e)
        {
            throw new RefusedException(new Rejection(RejectionKind.Malformed, $"{path}: {JsonFault.Of(e)}"));
        }
    }

    sealed record Said(
        int Months = 12, int UtcOffsetHours = 7, bool EndOfDay = true, int RegenerationWindowDays = 60,
        int RegenerationSpreadDays = 50)
    {
        public IEnumerable<string> Faults()
        {
            if (Months is < 1 or > LongestMonths)
            {
                yield return $"months is from 1 to {LongestMonths}";
            }
            if (UtcOffsetHours is < -12 or > 14)
            {
                yield return "utcOffsetHours is from -12 to 14";
            }
            // A successor must not be due again the day it is made.
            if (RegenerationWindowDays < 1 || RegenerationWindowDays >= Months * 28)
            {
                yield return "regenerationWindowDays is at least 1 and shorter than the months";
            }
            if (RegenerationSpreadDays < 1 || RegenerationSpreadDays > RegenerationWindowDays)
            {
                yield return "regenerationSpreadDays is from 1 to regenerationWindowDays";
            }
        }

        public ValidityPolicy ToPolicy() => new()
        {
            Months = Months,
            UtcOffset = TimeSpan.FromHours(UtcOffsetHours),
            EndOfDay = EndOfDay,
            RegenerationWindow = TimeSpan.FromDays(RegenerationWindowDays),
            RegenerationSpread = TimeSpan.FromDays(RegenerationSpreadDays),
        };
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Issuer.Core.Certificates;

/// <summary>Whose signature a course needs (design.md step 4).</summary>
public enum AttestationPolicy
{
    /// <summary>The facility of the last dose signs for the series: the ministry's rule.</summary>
    LastDose,

    EveryDose,
}

/// <summary>A product the ministry licensed, with the codes it is certified under.</summary>
/// <param name="Code">EU medicinal product code (<c>mp</c>).</param>
/// <param name="Names">Trade names a clerk may type instead.</param>
/// <param name="Holder">EU code of the authorisation holder (<c>ma</c>).</param>
/// <param name="Prophylaxis">SNOMED code (<c>vp</c>).</param>
/// <param name="PrimaryDoses">Doses of a complete primary course.</param>
public sealed record LicensedProduct(
    string Code, IReadOnlyList<string> Names, string Holder, string Prophylaxis, int PrimaryDoses,
    DateOnly LicensedFrom);

/// <summary>What may be certified, and how it is coded: data of the ministry, in force from a day on.</summary>
/// <param name="Issuer">The <c>is</c> of every certificate.</param>
/// <param name="RequireCompleteCourse">Whether 1/2 gets no certificate.</param>
public sealed record CertificationPolicy(
    DateOnly ValidFrom, string Country, string Issuer, string Disease, AttestationPolicy Attestation,
    bool RequireCompleteCourse, IReadOnlyList<LicensedProduct> Products)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    readonly Dictionary<string, LicensedProduct> byName = Products
        .SelectMany(p => p.Names.Append(p.Code).Select(name => (name, p)))
        .ToDictionary(pair => pair.name, pair => pair.p, StringComparer.OrdinalIgnoreCase);

    /// <summary>The policies that ship with the program.</summary>
    public static IReadOnlyList<CertificationPolicy> Shipped { get; } = ReadShipped();

    /// <summary>The one in force on a day: the youngest that has begun.</summary>
    public static CertificationPolicy At(IEnumerable<CertificationPolicy> policies, DateOnly day) =>
        policies.Where(p => p.ValidFrom <= day).MaxBy(p => p.ValidFrom)
        ?? throw new InvalidOperationException($"No certification policy is in force on {day:yyyy-MM-dd}.");

    /// <exception cref="JsonException">Not a policy file.</exception>
    public static IReadOnlyList<CertificationPolicy> Parse(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<List<CertificationPolicy>>(utf8, Json) ?? throw new JsonException("Empty policy.");

    /// <summary>By EU code or trade name, whatever its letter case; null when not licensed.</summary>
    public LicensedProduct? FindProduct(string codeOrName) => byName.GetValueOrDefault(codeOrName);

    static IReadOnlyList<CertificationPolicy> ReadShipped()
    {
        using var stream = typeof(CertificationPolicy).Assembly.GetManifestResourceStream("policy.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Parse(bytes.ToArray());
    }
}

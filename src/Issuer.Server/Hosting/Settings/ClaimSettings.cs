namespace Issuer.Server.Hosting.Settings;

/// <summary>
/// Where the provider's tokens have a claim that they call otherwise: a name, or a path into an object
/// (<c>realm_access.roles</c>). Null: under our own name.
/// </summary>
sealed class ClaimSettings : ISettings
{
    public static string Section => "Auth:Claims";

    [ConfigurationKeyName("roles")]
    public string? Roles { get; init; }

    [ConfigurationKeyName("facility")]
    public string? Facility { get; init; }

    [ConfigurationKeyName("province")]
    public string? Province { get; init; }

    [ConfigurationKeyName("commune")]
    public string? Commune { get; init; }

    [ConfigurationKeyName("identity_number")]
    public string? IdentityNumber { get; init; }

    [ConfigurationKeyName("auth_time")]
    public string? AuthTime { get; init; }

    [ConfigurationKeyName("act")]
    public string? Act { get; init; }

    [ConfigurationKeyName("dependants")]
    public string? Dependants { get; init; }

    public IEnumerable<string> Faults() => [];
}

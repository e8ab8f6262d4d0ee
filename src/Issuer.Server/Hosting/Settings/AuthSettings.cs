namespace Issuer.Server.Hosting.Settings;

/// <summary>Whose tokens are taken.</summary>
sealed class AuthSettings : ISettings
{
    public static string Section => "Auth";

    /// <summary>The OIDC issuer; null: none, which only Development can do without.</summary>
    public string? Authority { get; init; }

    /// <summary>For whom tokens must be meant; null: the usual one.</summary>
    public string? Audience { get; init; }

    /// <summary>
    /// The claim that says which person a login belongs to, where one person may have several; null: <c>sub</c> does.
    /// </summary>
    public string? PersonClaim { get; init; }

    public IEnumerable<string> Faults()
    {
        if (Authority is not null && !Core.Approvals.Authority.IsAddress(Authority))
        {
            yield return "Auth__Authority is not an https address such as https://id.example";
        }
    }
}

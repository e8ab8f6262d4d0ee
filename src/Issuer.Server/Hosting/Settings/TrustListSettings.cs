namespace Issuer.Server.Hosting.Settings;

/// <summary>As whom lists are published.</summary>
sealed class TrustListSettings : ISettings
{
    public static string Section => "TrustList";

    /// <summary>The host, and the port if it is not 443, that the world downloads from; null: none is named.</summary>
    public string? Host { get; init; }

    public IEnumerable<string> Faults()
    {
        if (Host is not null && !(Uri.TryCreate($"https://{Host}", UriKind.Absolute, out var uri)
            && uri.Authority == Host))
        {
            yield return "TrustList__Host is not a host name";
        }
    }
}

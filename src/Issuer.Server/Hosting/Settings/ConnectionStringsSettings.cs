namespace Issuer.Server.Hosting.Settings;

/// <summary>Where the store is.</summary>
sealed class ConnectionStringsSettings : ISettings
{
    public static string Section => "ConnectionStrings";

    public static bool IsShared => true;

    /// <summary>A PostgreSQL connection string; null: the embedded store.</summary>
    public string? Issuer { get; init; }

    /// <summary>Npgsql finds what is wrong with it when the store is opened.</summary>
    public IEnumerable<string> Faults() => [];
}

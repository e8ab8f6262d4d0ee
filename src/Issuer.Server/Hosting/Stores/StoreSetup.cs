using Issuer.Server.Hosting.Settings;
using Issuer.Storage.Schema;

namespace Issuer.Server.Hosting.Stores;

/// <summary>What the command line and the environment say about where to work.</summary>
/// <param name="DataDirectory">Embedded store, keys, published files.</param>
/// <param name="Clock">Real, or started at <c>--now</c>.</param>
sealed record StoreSetup(string DataDirectory, IConfiguration Configuration, TimeProvider Clock)
{
    /// <summary>As the environment variables have it; null when none is set.</summary>
    public string? Environment { get; init; }

    /// <summary>Of <c>demo</c> and <c>sample</c>.</summary>
    public bool ForceDevelopment { get; init; }

    /// <summary>Whether <c>--now</c> was given.</summary>
    public bool HasOwnNow { get; init; }

    /// <summary>Of verbs that only read: they never leave an empty store behind.</summary>
    public bool MustExist { get; init; }

    /// <summary>A verb that only reads makes no store and changes no schema.</summary>
    public StoreUse Use { get; init; } = StoreUse.Write;

    /// <summary>Of PostgreSQL; null: the embedded store.</summary>
    public string? ConnectionString => Configuration.Of<ConnectionStringsSettings>().Issuer;

    /// <summary>On the embedded store, whatever the settings say.</summary>
    public StoreSetup Embedded() =>
        this with { Configuration = Configuration.Without(ConnectionStringsSettings.Section) };
}

/// <summary>Where a store's files are.</summary>
sealed record DataFolder(string Path)
{
    /// <summary>What is published lies here too, for the service to serve.</summary>
    public string Published => System.IO.Path.Combine(Path, "published");

    public string Imports => System.IO.Path.Combine(Path, "imports");

    public string Keys => System.IO.Path.Combine(Path, "keys");
}

/// <param name="HasOwnNow">With <c>--now</c> this clock and the database's are meant to differ.</param>
sealed record StoreEnvironment(bool IsDevelopment, bool HasOwnNow)
{
    public string Name => IsDevelopment ? Environments.Development : Environments.Production;
}

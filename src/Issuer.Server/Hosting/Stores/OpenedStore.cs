using Issuer.Core;
using Issuer.Storage;

namespace Issuer.Server.Hosting.Stores;

/// <summary>A store, opened, and the environment it belongs to.</summary>
sealed record OpenedStore(Store Store, StoreEnvironment Environment, StoreSecret Secret)
{
    /// <summary>Opens the store and refuses what its environment forbids.</summary>
    public static async Task<OpenedStore> OpenAsync(StoreSetup setup, CancellationToken cancel)
    {
        if (setup.MustExist && !Store.Exists(setup.ConnectionString, setup.DataDirectory))
        {
            throw new RefusedException(new Rejection(RejectionKind.NotFound,
                $"there is no store in {setup.DataDirectory}: name one with --data, or begin with demo or import"));
        }
        var store = await OpenStoreAsync(setup, cancel);
        try
        {
            var environment = Environments.Settle(
                setup.Environment, await store.Settings.KnownEnvironmentAsync(cancel), setup.ForceDevelopment);
            var isDevelopment = environment == Environments.Development;
            if (setup.HasOwnNow && !isDevelopment)
            {
                throw new RefusedException(new Rejection(
                    RejectionKind.Forbidden, "--now is for Development only"));
            }
            return new OpenedStore(
                store, new StoreEnvironment(isDevelopment, setup.HasOwnNow),
                new StoreSecret(await store.Settings.NonceKeyAsync(cancel)));
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    static async Task<Store> OpenStoreAsync(StoreSetup setup, CancellationToken cancel)
    {
        try
        {
            return await Store.OpenAsync(setup.ConnectionString, setup.DataDirectory, setup.Use, cancel);
        }
        catch (ArgumentException) when (setup.ConnectionString is not null)
        {
            throw new RefusedException(new Rejection(
                RejectionKind.Invalid,
                "ConnectionStrings__Issuer is not a PostgreSQL connection string such as Host=…;Database=…"));
        }
    }
}

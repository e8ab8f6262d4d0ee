using Issuer.Server.Features;
using Issuer.Server.Hosting.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Issuer.Server.Tests;

/// <summary>The application on a store in a directory, without the machine's own settings.</summary>
static class Opened
{
    public static IConfiguration NoSettings { get; } = new ConfigurationBuilder().Build();

    /// <summary>On PostgreSQL when ISSUER_FUZZ_STORE is a connection string to an empty database.</summary>
    static IConfiguration Store { get; } =
        Environment.GetEnvironmentVariable("ISSUER_FUZZ_STORE") is { Length: > 0 } store
            ? new ConfigurationBuilder()
                .AddInMemoryCollection([new("ConnectionStrings:Issuer", store)]).Build()
            : NoSettings;

    /// <param name="change">What is to be different from the real one: a registry, a gateway, a setting.</param>
    public static Task<IssuerServices> DevelopmentAsync(
        string directory, TimeProvider clock, Action<IServiceCollection>? change = null) => IssuerServices.OpenAsync(
            new StoreSetup(directory, Store, clock) { Environment = "Development", HasOwnNow = true }, default,
            change);
}

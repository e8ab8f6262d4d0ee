using Issuer.Core;
using Microsoft.Extensions.Options;

namespace Issuer.Server.Hosting.Settings;

/// <summary>
/// Where settings come from: <c>appsettings.json</c> in the folder the program is started in, and over it the
/// environment. The same for the service and for every verb.
/// </summary>
static class SettingsSource
{
    public static IConfiguration Read() => new ConfigurationBuilder()
        .SetBasePath(Directory.GetCurrentDirectory())
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .Build();

    /// <summary>As if these sections were not there.</summary>
    public static IConfiguration Without(this IConfiguration configuration, params string[] sections) =>
        new ConfigurationBuilder().AddInMemoryCollection(configuration.AsEnumerable().Where(pair => !sections.Contains(
            pair.Key.Split(ConfigurationPath.KeyDelimiter)[0], StringComparer.OrdinalIgnoreCase))).Build();

    /// <summary>What is set to nothing counts as not set, as shells and unit files do to clear one.</summary>
    public static T Of<T>(this IConfiguration configuration)
        where T : class, ISettings, new()
    {
        var said = configuration.GetSection(T.Section).AsEnumerable(makePathsRelative: true)
            .Where(pair => !string.IsNullOrEmpty(pair.Value));
        return new ConfigurationBuilder().AddInMemoryCollection(said).Build().Get<T>() ?? new T();
    }

    /// <summary>As <see cref="IOptions{T}"/>; refused with every fault there is.</summary>
    public static void AddSettings<T>(this IServiceCollection services, IConfiguration configuration)
        where T : class, ISettings, new()
    {
        var settings = configuration.Of<T>();
        if (settings.Faults().ToList() is { Count: > 0 } faults)
        {
            throw new RefusedException(new Rejection(RejectionKind.Invalid, string.Join("; ", faults)));
        }
        services.AddSingleton(Options.Create(settings));
    }
}

using System.Reflection;
using System.Text.Json;
using Issuer.Core;
using Microsoft.Extensions.Options;

namespace Issuer.Server.Hosting.Settings;

/// <summary>
/// Where settings come from: <c>appsettings.json</c> in the folder the program is started in, and over it the
/// environment. The same for the service and for every verb.
/// </summary>
static class SettingsSource
{
    const string File = "appsettings.json";

    public static IConfiguration Read()
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(Directory.GetCurrentDirectory())
                .AddJsonFile(File, optional: true)
                .AddEnvironmentVariables()
                .Build();
        }
        catch (InvalidDataException e)
        {
            var why = JsonFaultOf(e) is { } json ? JsonFault.Of(json) : "no JSON object";
            throw new RefusedException(new Rejection(RejectionKind.Invalid, $"{File} is {why}"));
        }
    }

    static JsonException? JsonFaultOf(Exception? e) => e is null or JsonException
        ? e as JsonException
        : JsonFaultOf(e.InnerException);

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
        if (Unknown<T>(configuration).Concat(settings.Faults()).ToList() is { Count: > 0 } faults)
        {
            throw new RefusedException(new Rejection(RejectionKind.Invalid, string.Join("; ", faults)));
        }
        services.AddSingleton(Options.Create(settings));
    }

    /// <summary>A setting that is mistyped would be one that is not set, and nobody would be told.</summary>
    static IEnumerable<string> Unknown<T>(IConfiguration configuration)
        where T : ISettings
    {
        if (T.IsShared)
        {
            yield break;
        }
        var known = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite).Select(NameOf).ToList();
        foreach (var set in configuration.GetSection(T.Section).GetChildren())
        {
            // What has children is a section of its own.
            if (!known.Contains(set.Key, StringComparer.OrdinalIgnoreCase) && !set.GetChildren().Any()
                && !string.IsNullOrEmpty(set.Value))
            {
                var meant = Nearest.Of(set.Key, known) is { } near ? $" ({Spelled<T>(near)}?)" : "";
                yield return $"{Spelled<T>(set.Key)} is no setting{meant}";
            }
        }
    }

    static string Spelled<T>(string name)
        where T : ISettings =>
        $"{T.Section}:{name}".Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal);

    /// <summary>As it is written after its section.</summary>
    public static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;
}

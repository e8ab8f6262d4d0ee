using System.CommandLine;
using System.Reflection;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Features;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Issuer.Server.Tests;

/// <summary>
/// The compiler does not know what the container holds. Whatever verbs and jobs ask for is there, without a service
/// around it.
/// </summary>
public sealed class ContainerTests : IAsyncLifetime
{
    /// <summary>What a verb is given beside the application.</summary>
    static readonly Type[] Given =
        [typeof(ParseResult), typeof(Screen), typeof(CancellationToken), typeof(Issuer.Core.Approvals.Person)];

    readonly string directory = Directory.CreateTempSubdirectory("issuer-container-").FullName;
    IssuerServices issuer = null!;

    StoreSetup Setup => new(
        directory,
        new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create("Gateway:Url", (string?)"https://gateway.example/")]).Build(),
        TimeProvider.System)
    {
        Environment = "Development",
    };

    public async Task InitializeAsync() => issuer = await Verb.OpenAsync(Setup, default);

    public async Task DisposeAsync()
    {
        await issuer.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void It_holds_what_every_verb_asks_for()
    {
        var asked = VerbParameters().Distinct().ToList();

        Assert.True(asked.Count > 20, $"only {asked.Count} types are asked for: the verbs were not found");
        Assert.All(asked, type => Assert.NotNull(issuer.Get(type)));
    }

    [Fact]
    public async Task It_holds_what_every_job_asks_for()
    {
        // Jobs run in a host, which has a log.
        await using var hosted = await IssuerServices.OpenAsync(Setup, default, services => services.AddLogging());
        var jobs = typeof(IJob).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IJob)))
            .ToList();
        var asked = jobs.SelectMany(job => job.GetConstructors().Single().GetParameters())
            .Select(parameter => parameter.ParameterType)
            .Where(type => type.Namespace?.StartsWith("Issuer", StringComparison.Ordinal) == true).Distinct();

        Assert.NotEmpty(jobs);
        Assert.All(asked, type => Assert.NotNull(hosted.Get(type)));
    }

    /// <summary>
    /// Of the functions that verbs run: those that are given a screen or a context and end with a code.
    /// </summary>
    static IEnumerable<Type> VerbParameters() =>
        from type in typeof(Verb).Assembly.GetTypes()
        where type.Namespace == typeof(Verb).Namespace && type.IsNested
        from method in type.GetMethods(
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where method.ReturnType == typeof(Task<int>)
            && method.GetParameters().Any(p => p.ParameterType == typeof(Screen))
        from parameter in method.GetParameters()
        where !Given.Contains(parameter.ParameterType)
        select parameter.ParameterType;
}

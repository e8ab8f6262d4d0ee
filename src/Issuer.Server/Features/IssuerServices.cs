using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Features;

/// <summary>
/// The application code on one opened store: what verbs ask for use cases, and what each protocol's host serves from.
/// </summary>
sealed class IssuerServices : IAsyncDisposable
{
    readonly OpenedStore opened;
    readonly ServiceCollection descriptors;
    readonly ServiceProvider provider;

    IssuerServices(OpenedStore opened, ServiceCollection descriptors)
    {
        this.opened = opened;
        this.descriptors = descriptors;
        provider = descriptors.BuildServiceProvider();
    }

    /// <summary>Refuses settings that are wrong before the store is touched, and what the store refuses.</summary>
    /// <param name="change">Of a test, or a measurement: what is to be different.</param>
    public static async Task<IssuerServices> OpenAsync(
        StoreSetup setup, CancellationToken cancel, Action<IServiceCollection>? change = null)
    {
        var services = new ServiceCollection();
        services.AddIssuerSettings(setup.Configuration);
        var opened = await OpenedStore.OpenAsync(setup, cancel);
        services.AddStore(setup, opened);
        services.AddSingleton<HealthOfJobs>();
        services.AddIssuerMetrics();
        services.AddRecords();
        services.AddIdentity();
        services.AddFacilities();
        services.AddFeedbackAndProgress();
        services.AddPki();
        services.AddCertificates();
        services.AddRevocation();
        services.AddPublication();
        services.AddGateway();
        change?.Invoke(services);
        var issuer = new IssuerServices(opened, services);
        try
        {
            await issuer.Get<EnterStore>().ReadPoliciesAsync(cancel);
            return issuer;
        }
        catch
        {
            await issuer.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => provider.GetRequiredService<T>();

    /// <summary>Something of the caller's own that wants use cases.</summary>
    public T Create<T>(params object[] given) => ActivatorUtilities.CreateInstance<T>(provider, given);

    public object Get(Type type) => provider.GetRequiredService(type);

    /// <summary>
    /// The same objects in a host's own container, which does not dispose of them: both protocols share them, and they
    /// outlive both.
    /// </summary>
    public void ShareWith(IServiceCollection host)
    {
        foreach (var descriptor in descriptors)
        {
            host.Add(descriptor.Lifetime == ServiceLifetime.Singleton
                ? new ServiceDescriptor(descriptor.ServiceType, Get(descriptor.ServiceType))
                : descriptor);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        await opened.Store.DisposeAsync();
    }
}

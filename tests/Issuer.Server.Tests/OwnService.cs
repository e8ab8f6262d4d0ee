namespace Issuer.Server.Tests;

/// <summary>A running service of its own for every test.</summary>
public abstract class OwnService : IAsyncLifetime
{
    private protected readonly RunningService service = new();

    public virtual Task InitializeAsync() => service.InitializeAsync();

    public virtual Task DisposeAsync() => service.DisposeAsync();
}

/// <summary>With one person certified.</summary>
public abstract class OneCertified : OwnService
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await service.CertifyAsync(Person.Hoa);
    }
}

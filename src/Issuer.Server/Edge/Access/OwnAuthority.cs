using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;
using Microsoft.Extensions.Options;

namespace Issuer.Server.Edge.Access;

/// <summary>
/// The identity provider that the settings name, held against the one that the store is bound to: the one check behind
/// the service, gRPC and every verb that takes a token.
/// </summary>
sealed class OwnAuthority(
    IOptions<AuthSettings> settings, StoreEnvironment environment, BindAuthority binding, KeyFiles keys,
    TimeProvider clock)
{
    /// <summary>A change reaches a running service as fast as a token that was found good is forgotten.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    volatile Look? last;

    /// <summary>Refused when no provider is named.</summary>
    public Authority Said => settings.Value is { Authority: { } issuer } said
        ? new Authority(issuer, said.Audience ?? TokenRules.Audience, said.PersonClaim)
        : throw new RefusedException(new Rejection(RejectionKind.Unavailable,
            "outside Development Auth__Authority must name the OIDC issuer whose tokens are taken"));

    /// <summary>Before a token is looked at; binds nothing.</summary>
    public async Task RequireAsync(CancellationToken cancel) =>
        RefusedException.ThrowIf(await binding.CompareAsync(Said, cancel));

    /// <summary>The first who comes binds the store.</summary>
    public async Task EnterAsync(string actor, CancellationToken cancel)
    {
        if (!environment.IsDevelopment)
        {
            RefusedException.ThrowIf(await binding.EnterAsync(
                Said, KeptAnchor(), new Act(actor, clock.GetUtcNow()), cancel));
        }
    }

    /// <summary>Whether the store is still bound to it; looked up once a minute.</summary>
    public async ValueTask<bool> StandsAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (last is { } look && now >= look.At && now - look.At < Longest)
        {
            return look.Stands;
        }
        var stands = await binding.CompareAsync(Said, cancel) is null;
        last = new Look(now, stands);
        return stands;
    }

    /// <summary>Null: no ceremony has made one yet.</summary>
    string? KeptAnchor() => keys.CertificateNames(KeyFiles.AnchorName).Contains(KeyFiles.AnchorName)
        ? AuthorityStatement.AnchorOf(keys.ReadCertificate(KeyFiles.AnchorName))
        : null;

    sealed record Look(DateTimeOffset At, bool Stands);
}

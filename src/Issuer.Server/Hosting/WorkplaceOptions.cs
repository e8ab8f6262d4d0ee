using Issuer.Core.Revocation;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Identity;
using Issuer.Storage.Schema;

namespace Issuer.Server.Hosting;

/// <summary>What the command line and the environment say about where to work.</summary>
/// <param name="DataDirectory">Embedded store, keys, published files.</param>
/// <param name="ConnectionString">PostgreSQL instead of the embedded store; null: embedded.</param>
/// <param name="Environment">As the environment variables have it; null when none is set.</param>
/// <param name="ForceDevelopment">Of <c>demo</c> and <c>sample</c>.</param>
/// <param name="Clock">Real, or started at <c>--now</c>.</param>
/// <param name="HasOwnNow">Whether <c>--now</c> was given.</param>
/// <param name="MustExist">Of verbs that only read: they never leave an empty store behind.</param>
/// <param name="Exchange">The population registry over the national exchange; null: the embedded one.</param>
/// <param name="PublicHost">
/// The host, and the port if it is not 443, that the world downloads from; null: none is named.
/// </param>
/// <param name="Gateway">Where other countries are met; null: nowhere.</param>
/// <param name="Distribution">
/// How finely the EU's distribution lists are divided; null: as the reference service does.
/// </param>
/// <param name="Use">A verb that only reads makes no store and changes no schema.</param>
sealed record WorkplaceOptions(
    string DataDirectory, string? ConnectionString, string? Environment, bool ForceDevelopment, TimeProvider Clock,
    bool HasOwnNow, bool MustExist = false, ExchangeOptions? Exchange = null, string? PublicHost = null,
    GatewayOptions? Gateway = null, DistributionThresholds? Distribution = null, StoreUse Use = StoreUse.Write);

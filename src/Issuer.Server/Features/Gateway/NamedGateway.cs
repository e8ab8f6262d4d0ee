using Issuer.Core;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Gateway;

/// <param name="Options">Null: none is named.</param>
sealed record NamedGateway(GatewayOptions? Options)
{
    public GatewayOptions Required => Options
        ?? throw new RefusedException(new Rejection(RejectionKind.Invalid, "no gateway is named: set Gateway__Url"));
}

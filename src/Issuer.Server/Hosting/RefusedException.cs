using Issuer.Core;

namespace Issuer.Server.Hosting;

/// <summary>
/// Ends a verb with exit code 1 and the reasons on stderr, a request with problem details. Thrown at the edge only,
/// never by a decision.
/// </summary>
sealed class RefusedException(Rejection rejection) : Exception(rejection.ToString())
{
    public Rejection Rejection { get; } = rejection;

    public static void ThrowIf(Rejection? rejection)
    {
        if (rejection is not null)
        {
            throw new RefusedException(rejection);
        }
    }
}

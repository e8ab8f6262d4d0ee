using Issuer.Core;

namespace Issuer.Server.Hosting;

/// <summary>Development or not. A store remembers its own, so that no test key ever signs into a real one.</summary>
static class Environments
{
    public const string Development = "Development";
    public const string Production = "Production";

    static readonly string[] Known = [Development, Production];

    /// <param name="said">By the environment variables; null: nothing.</param>
    /// <param name="remembered">By the store; null: a new one.</param>
    public static string Settle(string? said, string? remembered, bool forceDevelopment)
    {
        var wanted = forceDevelopment ? Development
            : said is null ? remembered ?? Production
            : Known.FirstOrDefault(known => known.Equals(said, StringComparison.OrdinalIgnoreCase))
                ?? throw new RefusedException(new Rejection(
                    RejectionKind.Invalid, $"the environment is {Development} or {Production}, not {said}"));
        return remembered is null || remembered == wanted
            ? wanted
            : throw new RefusedException(new Rejection(
                RejectionKind.Forbidden, $"this store belongs to {remembered}, not {wanted}: use another --data"));
    }
}

using Issuer.Core;

namespace Issuer.Server.Hosting;

/// <summary>Development or not. A store remembers its own, so that no test key ever signs into a real one.</summary>
static class Environments
{
    public const string Development = "Development";
    public const string Production = "Production";

    static readonly string[] Known = [Development, Production];

    /// <summary>Refused before a store is touched. Null: none was said.</summary>
    public static string? Named(string? said) => said is null
        ? null
        : Known.FirstOrDefault(known => known.Equals(said, StringComparison.OrdinalIgnoreCase))
            ?? throw new RefusedException(new Rejection(
                RejectionKind.Invalid, $"the environment is {Development} or {Production}, not {said}"));

    /// <param name="said">By the environment variables; null: nothing.</param>
    /// <param name="remembered">By the store; null: a new one.</param>
    public static string Settle(string? said, string? remembered, bool forceDevelopment)
    {
        var wanted = forceDevelopment ? Development
            : Named(said) ?? remembered ?? Production;
        return remembered is null || remembered == wanted
            ? wanted
            : throw new RefusedException(new Rejection(
                RejectionKind.Forbidden, $"this store belongs to {remembered}, not {wanted}: use another --data"));
    }
}

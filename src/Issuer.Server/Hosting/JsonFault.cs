using System.Text.Json;

namespace Issuer.Server.Hosting;

/// <summary>
/// What is wrong with JSON that was read into a type of ours, in words for people: the exception's own name that type
/// and repeat what stands there.
/// </summary>
static class JsonFault
{
    const string Unknown = "could not be mapped";

    /// <summary>Whether it is JSON at all, only of another shape.</summary>
    public static bool IsOfShape(JsonException e) => e is { InnerException: not JsonException, Path: not null }
        || e.Message.Contains(Unknown, StringComparison.Ordinal);

    /// <summary>Of what is no JSON.</summary>
    public static string Of(JsonException e) => $"not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";

    /// <summary>The member that does not fit; empty: the whole.</summary>
    public static string FieldOf(JsonException e) => (e.Path ?? "$").TrimStart('$').TrimStart('.');
}

using System.Text.Json;
using Issuer.Server.Tests.Http;

namespace Issuer.Server.Tests.Fuzz;

/// <summary>An operation of the description, with a request that is known to be good.</summary>
/// <param name="Queries">The names of its parameters there.</param>
sealed record Operation(string Method, string Path, IReadOnlyList<string> Queries, MatrixRow Good)
{
    public string Name => $"{Method} {Path}";

    /// <summary>Null: nobody needs one.</summary>
    public IReadOnlyList<string> Roles => Good.Roles;

    /// <summary>Making another one takes rounds of all jobs.</summary>
    public bool IsDear => Good.Path.Contains("{new-request}", StringComparison.Ordinal);

    public static IReadOnlyList<Operation> Of(JsonElement description) =>
    [
        .. description.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Select(operation => Read(operation.Name.ToUpperInvariant(), path.Name, operation.Value))),
    ];

    static Operation Read(string method, string path, JsonElement operation)
    {
        var good = AuthorizationMatrixTests.Table.Single(
            row => row.Endpoint.Replace("{**", "{", StringComparison.Ordinal) == $"{method} {path}");
        return new Operation(
            method, path,
            [
                .. operation.TryGetProperty("parameters", out var parameters)
                    ? parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == "query")
                        .Select(one => one.GetProperty("name").GetString()!)
                    : [],
            ],
            good);
    }
}

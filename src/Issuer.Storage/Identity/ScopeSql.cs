using Dapper;
using Issuer.Core.Identity;

namespace Issuer.Storage.Identity;

/// <summary>A part of the country as a condition on facility <c>f</c>.</summary>
static class ScopeSql
{
    /// <param name="inProvinces">That a column's value is in the parameter <c>ownProvinces</c>.</param>
    public static string Narrow(WorklistScope scope, string inProvinces) =>
        string.Join(" and ", Conditions(scope, inProvinces));

    public static DynamicParameters Parameters(WorklistScope scope, object others)
    {
        var parameters = new DynamicParameters(others);
        parameters.AddDynamicParams(new
        {
            ownFacility = scope.Facility, ownCommune = scope.Commune, ownProvinces = scope.Provinces?.ToArray() ?? [],
        });
        return parameters;
    }

    static IEnumerable<string> Conditions(WorklistScope scope, string inProvinces)
    {
        // Never none: who looks after everything may name any facility.
        yield return "f.code is not null";
        if (scope.Facility is not null)
        {
            yield return "f.code = @ownFacility";
        }
        if (scope.Commune is not null)
        {
            yield return "f.commune = @ownCommune";
        }
        if (scope.Provinces is not null)
        {
            yield return $"f.province {inProvinces}";
        }
    }
}

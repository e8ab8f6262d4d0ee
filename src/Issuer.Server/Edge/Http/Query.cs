using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Issuer.Server.Edge.Http;

/// <summary>
/// Parameters of the query that cannot be used: 400, as the address itself is wrong. What a body says wrongly is 422.
/// </summary>
static class Query
{
    public static void ThrowIf(params IReadOnlyList<Fault> faults)
    {
        if (faults.Count > 0)
        {
            throw new RefusedException(Refusal(faults));
        }
    }

    public static Rejection Refusal(IReadOnlyList<Fault> faults) => new(
        RejectionKind.Malformed, $"the query cannot be used: {string.Join(", ", faults.Select(f => f.Field))}", faults);

    /// <summary>
    /// What the framework could not bind, by name: its own words name the types behind an endpoint, and what was sent.
    /// </summary>
    public static IReadOnlyList<Fault> Unbound(HttpContext context) =>
    [
        .. context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .Select(bound => FaultOf(context.Request.Query, bound.ParameterInfo)).OfType<Fault>() ?? [],
    ];

    static Fault? FaultOf(IQueryCollection query, ParameterInfo parameter)
    {
        var name = parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name!;
        if (!query.TryGetValue(name, out var sent))
        {
            return null;
        }
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(bool))
        {
            return bool.TryParse(sent, out _) ? null : new Fault(name, RequestFaultCode.BadType, Expected.YesOrNo);
        }
        var isNumber = type == typeof(int)
            ? int.TryParse(sent, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            : type != typeof(long) || long.TryParse(sent, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);
        return isNumber ? null : new Fault(name, RequestFaultCode.BadType, RangeOf(parameter));
    }

    static Expected RangeOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<RangeAttribute>() is { Minimum: int least, Maximum: int most }
            ? Expected.Between(least, most)
            : Expected.Number;
}

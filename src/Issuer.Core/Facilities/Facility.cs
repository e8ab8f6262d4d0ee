namespace Issuer.Core.Facilities;

/// <summary>A vaccination facility, as <c>facilities.csv</c> names it.</summary>
/// <param name="Province">One of the 34 codes, or null: units of other ministries have no province above them.</param>
public sealed record Facility(string Code, string Name, string Kind, string? Province, string? Commune);

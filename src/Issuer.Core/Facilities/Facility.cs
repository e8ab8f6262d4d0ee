namespace Issuer.Core.Facilities;

/// <summary>A vaccination facility, as <c>facilities.csv</c> names it.</summary>
/// <param name="Province">One of the 34 codes, or null: units of other ministries have no province above them.</param>
/// <param name="Staff">Who vaccinate there; null: as many as the ministry's policy says for its kind.</param>
/// <param name="Hours">A day; null likewise.</param>
public sealed record Facility(
    string Code, string Name, string Kind, string? Province, string? Commune, long? Staff = null, long? Hours = null);

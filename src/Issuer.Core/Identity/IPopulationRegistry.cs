using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>What is asked of the registry: the four fields of CV 9438, as the facility entered them.</summary>
/// <param name="ByNumberOnly">A guess is asked for: nobody is to be looked for by the other fields.</param>
public sealed record RegistryQuery(
    IdentityType? Type, string Number, string FullName, Sex Sex, PartialDate DateOfBirth, bool ByNumberOnly = false);

/// <summary>
/// Right or wrong per field. <see cref="Person"/> is there only when every field is right: the service needs the split
/// name and the numbers, a facility never sees them.
/// </summary>
/// <param name="NameDiffersInMarksOnly">The name is wrong, but right without diacritics and with đ read as d.</param>
public sealed record RegistryAnswer(IdentityFields Wrong, RegistryPerson? Person, bool NameDiffersInMarksOnly = false)
{
    /// <summary>Nobody there has this number, and the other fields do not single out one person either.</summary>
    public static readonly RegistryAnswer NotFound = new(IdentityFields.All, null);
}

/// <summary>A person as the registry names them. <see cref="OldNumber"/> is the nine-digit one, if known.</summary>
public sealed record RegistryPerson(
    string? Number, string? OldNumber, string FamilyName, string GivenName, Sex Sex, PartialDate DateOfBirth);

/// <summary>The four fields a record is matched by.</summary>
[Flags]
public enum IdentityFields
{
    None = 0,
    Name = 1,
    Sex = 2,
    DateOfBirth = 4,
    IdentityNumber = 8,
    All = Name | Sex | DateOfBirth | IdentityNumber,
}

public static class IdentityFieldNames
{
    static readonly IdentityFields[] Each =
        [IdentityFields.Name, IdentityFields.Sex, IdentityFields.DateOfBirth, IdentityFields.IdentityNumber];

    /// <summary>As they are called outside: <c>date_of_birth</c>.</summary>
    public static IReadOnlyList<string> Names(this IdentityFields fields) =>
        [.. Each.Where(each => fields.HasFlag(each)).Select(each => Kebab.Of(each.ToString(), '_'))];
}

/// <summary>
/// The national population registry. Safe to call concurrently. It may be slow, away or wrong in form: then the answer
/// is null, never an exception, and the record stays pending.
/// </summary>
public interface IPopulationRegistry
{
    /// <summary>It is known to be away: whoever has many to ask for asks again later instead of going on.</summary>
    bool IsAway => false;

    /// <returns>One answer a query, in order; null where there is none.</returns>
    Task<IReadOnlyList<RegistryAnswer?>> LookUpAsync(IReadOnlyList<RegistryQuery> queries, CancellationToken cancel);
}

namespace Issuer.Core.Identity;

/// <summary>
/// What a register says to a query: right or wrong, field by field. Pure; it is the embedded register's way to answer
/// as the national exchange does.
/// </summary>
public static class CompareIdentity
{
    public static RegistryAnswer Compare(RegistryQuery query, RegistryPerson person)
    {
        var full = $"{person.FamilyName} {person.GivenName}";
        var wrong = (NameKey.Of(full) == NameKey.Of(query.FullName) ? IdentityFields.None : IdentityFields.Name)
            | (person.Sex == query.Sex ? IdentityFields.None : IdentityFields.Sex)
            | (person.DateOfBirth == query.DateOfBirth ? IdentityFields.None : IdentityFields.DateOfBirth);
        return wrong == IdentityFields.None
            ? new RegistryAnswer(wrong, person)
            : new RegistryAnswer(wrong, null, NameKey.WithoutMarks(full) == NameKey.WithoutMarks(query.FullName));
    }

    /// <summary>Of those who have the number, the one with the fewest wrong fields; null: nobody has it.</summary>
    public static RegistryAnswer? Best(RegistryQuery query, IEnumerable<RegistryPerson> withNumber) =>
        withNumber.Select(person => Compare(query, person)).MinBy(answer => int.PopCount((int)answer.Wrong));

    /// <summary>
    /// Whether whoever has the number is not the one who is meant: nobody has it, or somebody who shares neither name
    /// nor birth date.
    /// </summary>
    public static bool LooksFurther(RegistryQuery query, RegistryAnswer? best) => !query.ByNumberOnly
        && (best is null || best.Wrong.HasFlag(IdentityFields.Name | IdentityFields.DateOfBirth));

    /// <summary>When the other fields single out one person, the number is what is wrong.</summary>
    /// <param name="alike">How many there are with these name, sex and birth date.</param>
    public static RegistryAnswer Further(RegistryAnswer? best, int alike) => alike == 1
        ? new RegistryAnswer(IdentityFields.IdentityNumber, null)
        : best ?? RegistryAnswer.NotFound;
}

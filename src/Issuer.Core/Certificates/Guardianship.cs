using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>
/// Whose certificates a login may fetch besides its own: children that its token lists, until they are sixteen. Pure.
/// </summary>
public static class Guardianship
{
    const int Years = 16;

    /// <param name="dateOfBirth">As the certificate has it; of a part of a date the oldest age is taken.</param>
    /// <param name="today">In Vietnam.</param>
    public static bool MayFetch(string dateOfBirth, DateOnly today) =>
        PartialDate.TryParse(dateOfBirth, out var born) && today < born.Earliest.AddYears(Years);
}

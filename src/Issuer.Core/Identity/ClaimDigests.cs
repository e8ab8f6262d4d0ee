using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Issuer.Core.Holds;
using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>
/// What a record claims, as it is kept: digests under a key of the store. Spellings that come to one question are one
/// claim.
/// </summary>
public sealed class ClaimDigests(byte[] key)
{
    /// <summary>
    /// None for what the registry is not asked about: no number, and a foreigner with a foreign passport. A malformed
    /// number claims those that would be tried in its place.
    /// </summary>
    public IReadOnlyList<Claim> Of(VaccinationRecord record)
    {
        var numbers = IdentityNumbers.UnusableState(record) switch
        {
            RecordState.BadIdFormat =>
                NumberTransformations.OfForm(record).Select(suggestion => suggestion.Corrected!.IdentityNumber),
            null when !DecideMatch.IsSettled(record) => [record.IdentityNumber],
            _ => [],
        };
        var person = new Lazy<long>(() => Digest(
            "person", record.Facility, NameKey.Of(record.FullName), record.DateOfBirth.ToString(),
            record.Sex.ToString()));
        return [.. numbers.Select(Canonical).Distinct().Select(number => new Claim(
            Digest("number", number), person.Value))];
    }

    /// <summary>Separators and leading zeros are how it was typed, not which it is.</summary>
    static string Canonical(string number) =>
        string.Concat(number.Where(char.IsLetterOrDigit)).ToUpperInvariant().TrimStart('0');

    /// <summary>Half a digest is enough: nobody without the key can look for two that are equal.</summary>
    long Digest(params string[] parts) => BinaryPrimitives.ReadInt64BigEndian(
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Join('\u001f', parts))));
}

using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Records;

namespace Issuer.Storage.Records;

/// <summary>What the rows of one batch claim, in the order in which they came, and when the registry is asked.</summary>
sealed class NewClaims(WriteSession session)
{
    readonly List<(long Record, long Version, ClaimingRecord Claiming)> claiming = [];
    readonly Dictionary<(long Record, long Version), ClaimAnswer> answers = [];
    CheckClaims? check;

    /// <param name="claims">Null: it costs nothing.</param>
    public void Add(long id, long version, RegistryClaims? claims, VaccinationRecord record, Act act)
    {
        if (claims is not null)
        {
            check = claims.Check;
            claiming.Add((id, version, claims.By(record, act)));
        }
    }

    public async Task StoreAsync()
    {
        if (check is null)
        {
            return;
        }
        var entered = await check.EnterAsync(
            new ClaimRows(session), claiming.ConvertAll(record => record.Claiming));
        foreach (var ((record, version, _), answer) in claiming.Zip(entered))
        {
            answers.Add((record, version), answer);
        }
    }

    /// <summary>Null: nothing was claimed.</summary>
    public ClaimAnswer? Find(long record, long version) => answers.GetValueOrDefault((record, version));

    /// <summary>As it is stored; null: the registry is asked at once.</summary>
    public long? AnswerFrom(long record, long version) => Find(record, version)?.From?.ToUnixTimeSeconds();
}

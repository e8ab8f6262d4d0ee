using System.Data.Common;
using Dapper;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>A row of <c>population.csv</c>. Either number may be missing, not both.</summary>
public sealed record PopulationRow(
    string? IdentityNumber, string? OldIdentityNumber, string FamilyName, string GivenName, Sex Sex,
    PartialDate DateOfBirth, string? Commune);

/// <summary>
/// The population registry of the embedded edition: a table loaded from <c>population.csv</c>, answering as the
/// national exchange does, right or wrong per field.
/// </summary>
public sealed class EmbeddedRegistry(Database database) : IPopulationRegistry
{
    static readonly ColumnList Columns = ColumnList.Of<PersonColumns>();

    static readonly ColumnList Told = ColumnList.Of<PopulationColumns>();

    /// <summary>
    /// Adds people and takes what a newer register says of those it has.
    /// </summary>
    /// <returns>How many were added or changed.</returns>
    public Task<int> LoadAsync(IReadOnlyList<PopulationRow> people, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            var changed = await UpsertAsync(
                session, people.Where(p => p.IdentityNumber is not null), "identity_number");
            var changedOld = await UpsertAsync(
                session, people.Where(p => p.IdentityNumber is null),
                "old_identity_number) where (identity_number is null");
            return changed.Sum() + changedOld.Sum();
        },
        cancel);

    /// <summary>
    /// After a newer register: what found nobody, or somebody else, is asked for again by the next round.
    /// </summary>
    public Task AskAgainAsync(CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteAsync(
            $"update record set {MatchAgain} where {IsDenied("record")}"),
        cancel);

    /// <param name="unique">The columns of the unique index that tells who is there already.</param>
    static Task<int[]> UpsertAsync(WriteSession session, IEnumerable<PopulationRow> people, string unique) =>
        session.InsertAsync(
            "population", people.Select(PopulationColumns.Of),
            $"""
            on conflict ({unique}) do update set {Told.Without("IdentityNumber").Excluded}
            where ({Told.Without("IdentityNumber", "NameKey").In("population")})
                is distinct from ({Told.Without("IdentityNumber", "NameKey").In("excluded")})
            """);

    public Task<IReadOnlyList<RegistryAnswer?>> LookUpAsync(
        IReadOnlyList<RegistryQuery> queries, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<RegistryAnswer?>>(
            async connection =>
            {
                var byNumber = await ByNumberAsync(connection, queries);
                var answers = new RegistryAnswer?[queries.Count];
                for (var i = 0; i < queries.Count; i++)
                {
                    answers[i] = await AnswerAsync(connection, queries[i], byNumber);
                }
                return answers;
            },
            cancel);

    async Task<ILookup<string, PersonColumns>> ByNumberAsync(
        DbConnection connection, IReadOnlyList<RegistryQuery> queries)
    {
        var numbers = queries.Select(q => q.Number).Distinct().ToArray();
        if (numbers.Length == 0)
        {
            return Array.Empty<PersonColumns>().ToLookup(p => "");
        }
        var current = await connection.QueryAsync<PersonColumns>(
            $"select {Columns} from population where identity_number {database.OneOf("numbers")}", new { numbers });
        var old = await connection.QueryAsync<PersonColumns>(
            $"select {Columns} from population where old_identity_number {database.OneOf("numbers")}",
            new { numbers });
        return current.Select(p => (Number: p.IdentityNumber!, Person: p))
            .Concat(old.Select(p => (Number: p.OldIdentityNumber!, Person: p)))
            .ToLookup(pair => pair.Number, pair => pair.Person);
    }

    static async Task<RegistryAnswer> AnswerAsync(
        DbConnection connection, RegistryQuery query, ILookup<string, PersonColumns> byNumber)
    {
        var best = CompareIdentity.Best(query, byNumber[query.Number].Select(row => row.ToPerson()));
        if (!CompareIdentity.LooksFurther(query, best))
        {
            return best ?? RegistryAnswer.NotFound;
        }
        var alike = await connection.QueryAsync<long>(
            "select id from population where name_key = @key and date_of_birth = @born and sex = @sex limit 2",
            new { key = NameKey.Of(query.FullName), born = query.DateOfBirth.ToString(), sex = (long)query.Sex });
        return CompareIdentity.Further(best, alike.Count());
    }

    sealed record PersonColumns(
        long Id, string? IdentityNumber, string? OldIdentityNumber, string FamilyName, string GivenName, long Sex,
        string DateOfBirth)
    {
        public RegistryPerson ToPerson() => new(
            IdentityNumber, OldIdentityNumber, FamilyName, GivenName, (Sex)Sex, PartialDate.Parse(DateOfBirth));
    }

    /// <summary>What a register tells of a person.</summary>
    sealed record PopulationColumns(
        string? IdentityNumber, string? OldIdentityNumber, string FamilyName, string GivenName, string NameKey,
        long Sex, string DateOfBirth, string? Commune)
    {
        public static PopulationColumns Of(PopulationRow p) => new(
            p.IdentityNumber, p.OldIdentityNumber, p.FamilyName, p.GivenName,
            Core.Identity.NameKey.Of($"{p.FamilyName} {p.GivenName}"), (long)p.Sex, p.DateOfBirth.ToString(),
            p.Commune);
    }
}

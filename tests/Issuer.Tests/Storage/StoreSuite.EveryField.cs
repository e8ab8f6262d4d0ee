using Dapper;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage;
using Issuer.Tests.Records;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    static readonly WorklistScope Anywhere = WorklistScope.Everywhere;

    [RequiresFact]
    public async Task Every_field_is_kept_as_it_was_sent_and_as_it_was_before_it_was_corrected()
    {
        var typed = EveryField.Typed(Given.Facility, "every");
        var other = EveryField.Typed(Given.Facility, "every", _ => true);
        var id = (await SubmitAsync(EveryField.RowOf(typed))).RecordId!.Value;
        EveryField.AssertIs(typed, await PendingAsync(id));
        var before = await RawAsync("record where id", id);

        await CorrectAsync(EveryField.RowOf(other), 1);

        EveryField.AssertIs(other, await PendingAsync(id));
        var (after, kept) =
            (await RawAsync("record where id", id), await RawAsync("record_version where record_id", id));
        Assert.Equal(before, kept);
        Assert.All(EveryField.Names, name => Assert.NotEqual(before[name], after[name]));
        Assert.DoesNotContain(null, before.Values);
    }

    [RequiresFact]
    public async Task Every_other_field_is_left_alone_when_a_suggestion_is_accepted()
    {
        await store.Registry.LoadAsync([EveryField.Person], default);
        var right = EveryField.Typed(Given.Facility, "every");
        var id = await MismatchedAsync(EveryField.RowOf(
            EveryField.Typed(Given.Facility, "every", name => name == EveryField.Suggested)));
        var item = Assert.Single(await store.Worklist.FindAsync(Anywhere, [id], default));
        EveryField.AssertIs(right, item.Suggestion!.Corrected!);

        Assert.False((await Corrections.AcceptAsync(Given.Facility, id, 1, Given.Context, Clerk, default))
            .IsRefused(out _, out _));

        EveryField.AssertIs(right, await PendingAsync(id));
    }

    [RequiresFact]
    public async Task Every_field_is_shown_to_whoever_signs_answers_and_holds()
    {
        await store.Registry.LoadAsync([EveryField.Person], default);
        var typed = EveryField.Typed(Given.Facility, "every");
        var id = (await SubmitAsync(EveryField.RowOf(typed))).RecordId!.Value;
        await Clinic.MatchAsync(store);

        var signed = Assert.Single(await store.Facilities.ToAttestAsync(Given.Facility, 0, 10, default));
        EveryField.AssertIs(typed, signed.Dose.Record);
        EveryField.AssertIs(
            typed, Assert.Single(await store.Worklist.FindAsync(Anywhere, [id], default)).Record.Record);
        var (_, doses) = await store.Holders.WithDosesAsync(
            DocumentKey.OfNumber(typed["identity_number"]), default);
        EveryField.AssertIs(typed, Assert.Single(doses).Record);
    }

    async Task<VaccinationRecord> PendingAsync(long id) =>
        Assert.Single(await store.Identity.ClaimPendingAsync(id - 1, 1, default)).Record;

    /// <summary>The fields' columns as the engine has them.</summary>
    async Task<Dictionary<string, object?>> RawAsync(string table, long id)
    {
        await using var database = await Database.OpenAsync(ConnectionString, Directory, default);
        var row = (IDictionary<string, object?>)await database.ReadAsync(
            connection => connection.QuerySingleAsync(
                $"select {string.Join(", ", EveryField.Names)} from {table} = @id", new { id }),
            default);
        return new Dictionary<string, object?>(row);
    }
}

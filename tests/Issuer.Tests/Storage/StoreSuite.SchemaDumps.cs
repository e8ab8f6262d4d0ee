using System.Security.Cryptography;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Feedback;
using Issuer.Core.Gateway;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Storage;
using Issuer.Storage.Schema;
using Issuer.Tests.Gateway;

namespace Issuer.Tests.Storage;

/// <summary>A store in which everything has happened once, to be kept as what earlier programs left.</summary>
public abstract partial class StoreSuite
{
    private protected async Task WriteSchemaDumpsAsync(IEnumerable<SchemaScript> missing)
    {
        await EverythingAsync();
        await using var whole = await Database.OpenAsync(ConnectionString, Directory, default);
        foreach (var script in missing)
        {
            await SchemaDump.WriteAsync(whole, script);
        }
    }

    async Task EverythingAsync()
    {
        await store.Registry.LoadAsync([.. Enumerable.Range(4, 3).Select(Given.Person)], default);
        await store.Settings.EnvironmentAsync("Development", default);
        await store.Settings.NonceKeyAsync(default);
        Assert.Null(await store.EnterAsync(Given.Now, default));
        await store.Pki.AddAsync([clinic.Dsc.Own], default);
        await CertifiedAsync();
        await CleanedAsync();
        await ApprovedAsync();
        await SentAsync();
        await PublishedAsync();
        await ExecuteAsync(
            """
            insert into confirmed_dose (record_id, version, confirmed_by, confirmed_at)
            select record_id, 1, 'signatory', asked_at from course_question;
            insert into hand_out (facility, document, slot, tried_by, tried_at)
            select '79001', @document, max(slot), 'clerk', 1772352000 from certificate;
            insert into hand_out_allowance (facility, per_clerk_and_day, until, reason, allowed_by, allowed_at)
            values ('79001', 60, 1772952000, 'Tết', 'province', 1772352000)
            """,
            new { document = RandomNumberGenerator.GetBytes(32) });
        await KeepAsync(Given.Now.AddDays(1));
    }

    async Task CertifiedAsync()
    {
        await BoosterAsync();
        await clinic.CertifyAsync(
            store, Given.Row(2, 1), Given.Row(2, 2), Given.Row(4, 1), Given.Row(4, 2, Given.OtherFacility),
            Given.Row(5, 1), Given.Row(5, 2));
        var leaked = (await OfAsync(5)).Single();
        Assert.Null((await RevokeAsync(leaked.Slot, RevocationReason.Leaked)).Rejection);
        await MatchAttestIssueAsync();
        await ExecuteAsync(new BulkCriteria(Facility: Given.OtherFacility), RevocationReason.Fraud);
        await ExecuteAsync(
            """
            insert into dsc_withdrawal (kid, withdrawn_at, withdrawn_by, reason, enqueued_to)
            values ('AAAAAAAAAAA=', 1772352000, 'security', 'its key is out', 3)
            """);
    }

    async Task CleanedAsync()
    {
        var wrong = Given.Row(3, 1) with { Sex = "F" };
        await SubmitAsync(wrong);
        await SubmitAsync(Given.Row(3, 2) with { GivenName = "A Van" });
        await SubmitAsync(Given.Row(6, 1) with { IdentityNumber = "", IdentityType = "" });
        await Clinic.MatchAsync(store);
        await CorrectAsync(wrong with { Sex = "Nam" }, 1);
        await Clinic.MatchAsync(store);
        var twice = await SubmitAsync(Given.Row(6, 2) with { IdentityNumber = "12" });
        await ExecuteAsync(
            """
            insert into duplicate_mark (record_id, version, original_id, original_version)
            values (@RecordId, 9, 1, 1)
            """,
            new { twice.RecordId });
    }

    async Task ApprovedAsync()
    {
        var (kept, merged) = await TwoPassportsAsync();
        await DoAsync(new MergeSubjects(kept, merged, "two passports"));
        await DoAsync(new AllowShortened(30, "the ceremony is late"));
        var held = await SubmitAsync(Given.Row(6, 3));
        await ExecuteAsync("update record set held = 3 where id = @RecordId", new { held.RecordId });
        await RequestAsync(ReleaseHold.Of([held.RecordId!.Value], "paper seen"));
        await ExecuteAsync("insert into exempt_cap (facility, cap) values ('01002', 30)");
    }

    async Task SentAsync()
    {
        await ExecuteAsync(
            """
            insert into stock (holder, is_place, product, lot, passed_on, expires_on, doses)
            values ('79001', 0, 'EU/1/21/1529', 'ABV1', 0, '2022-01-31', 500)
            """);
        var job = await AddImportAsync(new RequestKey("clerk", "import", "k", [1]));
        await store.Imports.SaveAsync(
            job with { State = ImportState.Done, Rows = 1, Done = 1, Counts = new SubmitCounts(0, 0, 0, 1) },
            [new(2, [new Fault("sex", FaultCode.BadSex)], ["r2", null])], Given.Act, default);
        await FileAsync(Citizen(1), Row(1));
        var answered = await FileAsync(Citizen(2), Row(2));
        Assert.Null((await Answers.RefuseAsync(
            answered.Report.Id, 1, new ReportAnswer("blurred", "it's blurred", null),
            new WorklistScope(answered.Report.Facility), Given.Act, default)).Rejection);
    }

    async Task PublishedAsync()
    {
        Assert.True(await store.Publications.CommitAsync(
            PublicationOf(1), [FileOf("a", "1"), FileOf("b", "1")], [], default));
        Assert.True(await store.Publications.CommitAsync(PublicationOf(2), [FileOf("a", "2")], [], default));
        await store.Gateway.ReplaceKeysAsync(KeySource.Gateway, [Abroad.Key(), Abroad.Key("FR")], Given.Act, default);
        await store.Gateway.AddBatchAsync(Abroad.Batch("1", [1, 2]), default);
        await ExecuteAsync(
            "insert into gateway_upload (kind, digest, kid, remote_id, uploaded_at) values (0, @digest, 'k', null, 1)",
            new { digest = RandomNumberGenerator.GetBytes(32) });
    }
}

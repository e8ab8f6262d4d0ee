using System.Text;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Policies;
using Issuer.Tests.Policies;

namespace Issuer.Tests.Storage;

/// <summary>Policies as versions, over two instances.</summary>
public abstract partial class StoreSuite
{
    const string ValidityFile = "validity-policy.json";

    static readonly Dictionary<string, byte[]> HalfAYear = new()
    {
        [ValidityFile] = Encoding.UTF8.GetBytes("""{"months": 6}"""),
    };

    [Fact]
    public async Task An_imported_policy_reaches_every_instance_at_its_next_look_and_survives_a_restart()
    {
        var (one, other) = (new PolicySource(store.Policies), new PolicySource((await OpenAsync()).Policies));
        await other.RefreshAsync(default);
        Assert.Equal(20, other.At(Given.Now).ExemptCap.Least);

        await ImportAsync("2026-03-01", 7);
        await other.RefreshAsync(default);
        await one.RefreshAsync(default);
        Assert.Equal((7L, 7L), (one.At(Given.Now).ExemptCap.Least, other.At(Given.Now).ExemptCap.Least));
        Assert.Equal(20, other.At(Given.Now.AddDays(-2)).ExemptCap.Least);
    }

    [Fact]
    public async Task Two_people_import_a_policy_and_one_cannot()
    {
        var document = PolicyBookTests.Document("2026-03-01", 9);
        var asked = (await store.Acts.RequestAsync(
            new ImportPolicy(document.Text, "more foreigners"), Asker, Given.Now, default)).Value!;

        Assert.Equal(RejectionKind.Forbidden, (await ApproveAsync(asked, Asker)).Rejection?.Kind);
        Assert.Equal(20, (await BookAsync()).At(Given.Now).ExemptCap.Least);
        Assert.Null((await ApproveAsync(asked, Second)).Rejection);
        var holding = (await BookAsync()).HoldingOn(PolicyKinds.ExemptCap, PolicyBook.DayOf(Given.Now));
        Assert.Equal((1L, "second", 9L),
            (holding.Version, holding.TakenBy!.Actor, holding.Document.Of(PolicyKinds.ExemptCap).Least));
        Assert.Equal(1, await ScalarAsync(
            $"select count(*) from audit where act = 'policy-imported exempt-cap 1 {Hex(document.Digest)}'"));
    }

    [Fact]
    public async Task An_import_in_between_voids_a_request()
    {
        var asked = (await store.Acts.RequestAsync(
            new ImportPolicy(PolicyBookTests.Document("2026-03-01", 9).Text, "more"), Asker, Given.Now, default))
                .Value!;
        await ImportAsync("2026-03-01", 8);

        Assert.Equal(RejectionKind.Conflict, (await ApproveAsync(asked, Second)).Rejection?.Kind);
        Assert.Equal(8, (await BookAsync()).At(Given.Now).ExemptCap.Least);
    }

    [Theory]
    [InlineData("{}", "kind: is missing")]
    [InlineData("""{"kind":"exempt-cap","validFrom":"2026-03-01","least":-1,"percent":5}""", "least: must be")]
    public async Task A_request_for_what_is_no_policy_is_refused_and_leaves_nothing(string text, string why)
    {
        var refused = await store.Acts.RequestAsync(new ImportPolicy(text, "x"), Asker, Given.Now, default);

        Assert.Contains(why, refused.Rejection!.Detail, StringComparison.Ordinal);
        Assert.Equal(0, await ScalarAsync("select count(*) from approval"));
    }

    [Fact]
    public async Task The_cap_on_exempt_records_is_the_imported_one()
    {
        await ImportAsync("2026-03-01", 3);
        await ClaimExemptAsync(5);
        Assert.Equal(2, await ScalarAsync("select count(*) from record where held = 2"));
    }

    [Fact]
    public async Task Two_imports_at_once_become_two_versions()
    {
        var other = await OpenAsync();
        await Task.WhenAll(
            store.Import.ImportAsync(PolicyBookTests.Document("2026-03-01", 1), Given.Act, default),
            other.Import.ImportAsync(PolicyBookTests.Document("2026-03-01", 2), Given.Act, default));

        Assert.Equal(
            [0L, 1L, 2L], (await BookAsync()).VersionsOf(PolicyKinds.ExemptCap).Select(version => version.Version));
    }

    [Fact]
    public async Task Files_beside_a_store_with_certificates_hold_once_they_are_noted_and_no_later_one_does()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        Assert.Null(await store.Import.NoteFilesAsync(HalfAYear, Given.Act, default));
        var later = new Dictionary<string, byte[]>
        {
            ["signing-policy.json"] = Encoding.UTF8.GetBytes("""{"facilitiesWithOwnDsc": ["79001"]}"""),
            [ValidityFile] = Encoding.UTF8.GetBytes("""{"months": 60}"""),
        };
        Assert.Null(await store.Import.NoteFilesAsync(later, Given.Act, default));

        var book = await BookAsync();
        Assert.Equal(6, book.At(Given.Now).Validity.Months);
        Assert.Empty(book.At(Given.Now).Signing.FacilitiesWithOwnDsc);
        Assert.Null(FoundPolicyFile.Check(book, ValidityFile, HalfAYear[ValidityFile]));
        Assert.NotNull(FoundPolicyFile.Check(book, ValidityFile, later[ValidityFile]));
    }

    [Fact]
    public async Task Two_people_take_over_what_was_found_and_then_the_file_counts_for_nothing()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        await store.Import.NoteFilesAsync(HalfAYear, Given.Act, default);
        var found = (await BookAsync()).VersionsOf(PolicyKinds.Validity)[^1];
        await DoAsync(new ImportPolicy(found.Document.Text, "as it was"));

        var book = await BookAsync();
        Assert.Equal(6, book.At(Given.Now).Validity.Months);
        Assert.True(FoundPolicyFile.IsIdle(book, ValidityFile));
    }

    [Fact]
    public async Task Files_beside_a_store_without_certificates_never_count()
    {
        Assert.Null(await store.Import.NoteFilesAsync(HalfAYear, Given.Act, default));
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        Assert.Null(await store.Import.NoteFilesAsync(HalfAYear, Given.Act, default));

        Assert.Equal(12, (await BookAsync()).At(Given.Now).Validity.Months);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_and_looked_at_again()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        var broken = new Dictionary<string, byte[]> { [ValidityFile] = "{"u8.ToArray() };

        Assert.Equal(
            RejectionKind.Malformed, (await store.Import.NoteFilesAsync(broken, Given.Act, default))?.Kind);
        Assert.Null(await store.Import.NoteFilesAsync(HalfAYear, Given.Act, default));
        Assert.Equal(6, (await BookAsync()).At(Given.Now).Validity.Months);
    }

    [Fact]
    public async Task A_stored_policy_that_was_changed_by_hand_decides_nothing()
    {
        await ImportAsync("2026-03-01", 7);
        await ExecuteAsync("""
            update policy_version
            set document = '{"kind":"exempt-cap","least":9999,"percent":5,"validFrom":"2026-03-01"}'
            """);

        await Assert.ThrowsAsync<InvalidDataException>(() => BookAsync());
    }

    [Fact]
    public async Task A_kind_of_a_newer_program_is_left_out()
    {
        await ExecuteAsync("""
            insert into policy_version (kind, version, valid_from, document, digest, taken_at, taken_by)
            values ('weather', 1, '2026-01-01', '{}', @digest, 1, 'newer')
            """, new { digest = new byte[32] });

        Assert.Equal(20, (await BookAsync()).At(Given.Now).ExemptCap.Least);
    }

    Task<PolicyBook> BookAsync() => store.Policies.ReadAsync(default);

    async Task ImportAsync(string from, int least) => Assert.Null((await store.Import.ImportAsync(
        PolicyBookTests.Document(from, least), Given.Act, default)).Rejection);

    static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

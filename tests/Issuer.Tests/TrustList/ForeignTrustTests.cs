using Issuer.Core.Gateway;
using Issuer.Core.Pki;
using Issuer.Core.TrustLists;
using Issuer.Tests.Gateway;
using Issuer.Tests.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.TrustList;

/// <summary>Other countries' DSCs beside ours, under one statement.</summary>
public sealed class ForeignTrustTests : IDisposable
{
    static readonly DateTimeOffset Now = Abroad.Now;

    readonly Ceremony ceremony = new();
    readonly OwnDsc own;
    readonly TrustAnchor anchor = TrustAnchor.SelfSigned("VN", "Bộ Y tế", SigningKey.Create(KeyKind.P256), Now);
    readonly Dictionary<string, byte[]> published = [];
    readonly KnownKey german = Abroad.Key().Known();
    readonly KnownKey french = Abroad.Key("FR").Known(source: "who");

    public ForeignTrustTests() => own = ceremony.OwnDsc();

    public void Dispose()
    {
        ceremony.Dispose();
        anchor.Dispose();
    }

    /// <returns>Why the foreign DSCs stay as they were.</returns>
    string? Publish(DateTimeOffset now, params KnownKey[] rows) => Publish(now, [own], rows);

    string? Publish(DateTimeOffset now, OwnDsc[] ours, params KnownKey[] rows)
    {
        var built = BuildTrustFiles.From(
            new TrustListRows([ceremony.Csca], [.. ours.Select(dsc => new ListedDsc(dsc, null))]) { Foreign = rows },
            ValidityPolicy.Default, anchor, "did:web:example.vn", now, path => published.GetValueOrDefault(path));
        Assert.Null(built.Rejection);
        Assert.Equal(TrustListFiles.StatementPath, built.Value!.Files[^1].Path);
        foreach (var file in built.Value.Files)
        {
            published[file.Path] = file.Bytes;
        }
        return built.Value.Held?.Detail;
    }

    ListStatement Statement() => ReadSignedList.Statement(
        System.Text.Encoding.ASCII.GetString(published[TrustListFiles.StatementPath]), anchor.Der.Span)!;

    ForeignTrustContent Foreign() =>
        ForeignTrustContent.Parse(published[TrustListFiles.ForeignPath(Statement().Foreign!)])!;

    TrustListContent All() =>
        TrustListContent.Parse(published[TrustListFiles.ContentPath(Statement().Content)])!.With(Foreign());

    static IEnumerable<string> Kids(ForeignTrustContent content) => content.Dscs.Select(signer => signer.Kid);

    [Fact]
    public void Where_no_foreign_key_was_ever_believed_the_statement_is_as_before()
    {
        Assert.Null(Publish(Now));
        Assert.Null(Statement().Foreign);
        Assert.DoesNotContain("foreign", System.Text.Encoding.ASCII.GetString(AnchorJws.Decode(
            System.Text.Encoding.ASCII.GetString(published[TrustListFiles.StatementPath]).Split('.')[1])!));
    }

    [Fact]
    public void One_statement_names_both_and_what_was_published_is_read()
    {
        Publish(Now, german, french);
        var reading = ReadSignedList.Foreign(Statement(), published[TrustListFiles.ForeignPath(Statement().Foreign!)]);
        Assert.Null(reading.Refusal);
        Assert.Equal(2, reading.Dscs.Count);
        Assert.Equal(own.Der.ToArray(), Assert.Single(ReadSignedList.From(
            Statement(), published[TrustListFiles.ContentPath(Statement().Content)], Now).Dscs));
        Assert.Equal([("DE", "gateway"), ("FR", "who")],
            Foreign().Dscs.Select(signer => (signer.Country, Assert.Single(signer.VouchedBy))));
    }

    [Fact]
    public void The_same_keys_are_the_same_bytes_in_whatever_order_they_stand()
    {
        Publish(Now, german, french, german with { Source = "who" });
        var first = Statement();
        Publish(Now.AddHours(1), german with { Source = "who" }, french, german);
        Assert.Equal(first, Statement());
    }

    [Fact]
    public void No_byte_of_it_can_be_changed_nor_the_list_of_another_statement_shown()
    {
        Publish(Now, german);
        var (statement, older) = (Statement(), published[TrustListFiles.ForeignPath(Statement().Foreign!)]);
        for (var at = 0; at < older.Length; at++)
        {
            older[at] ^= 1;
            Assert.NotNull(ReadSignedList.Foreign(statement, older).Refusal);
            older[at] ^= 1;
        }
        Publish(Now.AddMinutes(1), german, french);
        Assert.NotNull(ReadSignedList.Foreign(Statement(), older).Refusal);
        Assert.True(Statement().Sequence > statement.Sequence);
    }

    [Fact]
    public void A_row_that_says_so_or_its_own_end_takes_one_out_and_nothing_else_does()
    {
        var ending = Abroad.Key(ends: Now.AddDays(1)).Known();
        Publish(Now, german, french, ending);
        Assert.Contains("1 would leave that no row explains", Publish(Now.AddHours(1), german, ending));
        Assert.Equal(3, Foreign().Dscs.Count);

        Assert.Null(Publish(Now.AddDays(1), german, french));
        Assert.Equal(2, Foreign().Dscs.Count);
        Assert.Null(Publish(Now.AddDays(2), german, french with { HasLeft = true }));
        Assert.Equal([german.Key.Kid], Kids(Foreign()));
        Assert.Equal([french.Key.Kid], Foreign().Removed.Select(signer => signer.Kid));
    }

    [Fact]
    public void It_is_never_published_empty_after_it_was_not()
    {
        Publish(Now, german);
        Assert.Contains("none would be left", Publish(Now.AddHours(1), german with { HasLeft = true }));
        Assert.Contains("no row explains", Publish(Now.AddHours(1)));
        Assert.Contains("none would be left", Publish(Now.AddYears(1).AddMonths(11), german with { HasLeft = true }));
        Assert.Equal([german.Key.Kid], Kids(Foreign()));
    }

    [Fact]
    public void What_one_source_dropped_stays_while_another_vouches_for_it()
    {
        Publish(Now, german with { HasLeft = true }, german with { Source = "who" });
        Assert.Equal("who", Assert.Single(Assert.Single(Foreign().Dscs).VouchedBy));
        Assert.Empty(Foreign().Removed);
    }

    [Fact]
    public void A_foreign_key_of_our_country_a_CSCA_and_one_that_ended_are_not_on_it()
    {
        Publish(Now, german, Abroad.Key("VN").Known(), Abroad.Key("FR", kind: TrustListItem.Csca).Known(),
            Abroad.Key("FR", ends: Now).Known());
        Assert.Equal([german.Key.Kid], Kids(Foreign()));
    }

    [Fact]
    public void Ours_and_theirs_are_walked_as_one_and_whoever_is_new_on_either_comes_last()
    {
        var newer = ceremony.OwnDsc();
        Publish(Now, german, french, Abroad.Key("IT").Known(), Abroad.Key("ES").Known(hasLeft: true));
        var third = Foreign().Dscs.Single(signer => signer.Country == "IT");
        KnownKey[] rows = [german, french, new(new GatewayKey("DSC", "IT", third.Kid,
            Convert.FromBase64String(third.RawData), Now), false)];
        var before = All();
        Assert.Equal(4, before.Dscs.Select(signer => signer.Listed).Distinct().Count());

        Publish(Now.AddSeconds(1), [own, newer], rows);
        Publish(Now.AddSeconds(1), [own, newer], [.. rows, Abroad.Key("PT").Known()]);
        var after = All();
        Assert.Equal(before.Dscs, after.Dscs.Take(4));
        Assert.Equal([newer.Kid.ToString(), "PT"], [after.Dscs[4].Kid, after.Dscs[5].Country!]);
        Assert.Equal(
            after.Dscs.Select(signer => signer.Listed).Order().Distinct(),
            after.Dscs.Select(signer => signer.Listed));
        Assert.Equal(["DE", "FR"], after.Of([german.Key.Kid, french.Key.Kid]).Keys.Order());
    }

    [Fact]
    public void A_kid_that_is_listed_again_is_not_told_as_deleted()
    {
        Publish(Now, german, french);
        Publish(Now.AddHours(1), german, french with { HasLeft = true });
        Assert.Equal([french.Key.Kid], All().Since(null).Deleted);
        Publish(Now.AddHours(2), german, french);
        Assert.Empty(All().Since(null).Deleted);
        Assert.Contains(french.Key.Kid, All().Kids());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"version":2,"dscs":[],"removed":[]}""")]
    [InlineData("""{"version":1,"dscs":[null],"removed":[]}""")]
    [InlineData("""{"version":1,"dscs":[{"kid":"k","country":"DE","listed":1,"vouchedBy":[]}],"removed":[]}""")]
    [InlineData(
        """{"version":1,"dscs":[{"kid":1,"country":"DE","listed":1,"rawData":"","vouchedBy":[]}],"removed":[]}""")]
    [InlineData("""{"version":1,"dscs":[{"kid":"k","country":"DE","listed":"1e99","rawData":"","vouchedBy":[]}],"removed":[]}""")]
    [InlineData("""{"version":1,"dscs":{},"removed":[]}""")]
    [InlineData("""{"version":1,"dscs":[],"removed":[null]}""")]
    [InlineData("""{"version":1,"dscs":[]}""")]
    public void Nonsense_is_no_list(string json) => Assert.Null(ForeignTrustContent.Parse(Abroad.Utf8(json)));

    [Fact]
    public void A_list_has_an_end()
    {
        static string Many(int count) => $$"""
            {"version":1,"removed":[],"dscs":[{{string.Join(',', Enumerable.Repeat(
                """{"kid":"k","country":"DE","listed":1,"rawData":"","vouchedBy":[]}""", count))}}]}
            """;
        Assert.NotNull(ForeignTrustContent.Parse(Abroad.Utf8(Many(ReadTrustList.MostItems))));
        Assert.Null(ForeignTrustContent.Parse(Abroad.Utf8(Many(ReadTrustList.MostItems + 1))));
    }
}

using System.Text;
using Issuer.Core;
using Issuer.Core.Pki;
using Issuer.Core.TrustLists;
using Issuer.Tests.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.TrustList;

/// <summary>The list for our verifiers: content that stays, and a statement that is renewed.</summary>
public sealed class SignedListTests : IDisposable
{
    static readonly DateTimeOffset Now = Ceremony.Now;

    readonly Ceremony ceremony = new();
    readonly Dictionary<string, byte[]> published = [];

    TrustAnchor Anchor => ceremony.Anchor;

    public void Dispose() => ceremony.Dispose();

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa2048)]
    [InlineData(KeyKind.Rsa3072)]
    public void What_was_published_is_read(KeyKind anchorKind)
    {
        using var signer = Ceremony.NewAnchor(anchorKind);
        var dsc = ceremony.OwnDsc();
        Publish(Now, signer, Row(dsc));
        var reading = Read(Now, signer);
        Assert.Null(reading.Refusal);
        Assert.Empty(reading.Warnings);
        Assert.Equal(dsc.Der.ToArray(), Assert.Single(reading.Dscs));
        Assert.Equal(ceremony.Csca.Der.ToArray(), Assert.Single(reading.Cscas));
    }

    [Fact]
    public void Half_a_day_long_every_file_stays_the_same_then_only_the_statement_is_renewed()
    {
        var row = Row(ceremony.OwnDsc());
        Publish(Now, Anchor, row);
        var first = published.ToDictionary();
        Publish(Now.AddHours(11), Anchor, row);
        Assert.All(first, file => Assert.Equal(file.Value, published[file.Key]));
        Publish(Now.AddHours(12), Anchor, row);
        Assert.Equal(
            [TrustListFiles.DidPath, TrustListFiles.StatementPath],
            first.Where(file => !published[file.Key].SequenceEqual(file.Value)).Select(file => file.Key));
    }

    [Fact]
    public void The_sequence_rises_with_each_change_also_within_a_second_and_after_everything_was_lost()
    {
        var one = Row(ceremony.OwnDsc());
        Publish(Now, Anchor, one);
        var first = Statement().Sequence;
        Publish(Now, Anchor, one, Row(ceremony.OwnDsc()));
        var second = Statement().Sequence;
        Assert.True(second > first);
        published.Clear();
        Publish(Now.AddMinutes(1), Anchor, one);
        Assert.True(Statement().Sequence > second);
    }

    [Fact]
    public void Of_two_lists_of_one_second_a_reader_takes_the_later_and_never_the_earlier_after_it()
    {
        var one = Row(ceremony.OwnDsc());
        Publish(Now, Anchor, one);
        var (first, before) = (Statement().Sequence, published.ToDictionary());
        Publish(Now, Anchor, one, Row(ceremony.OwnDsc()));
        var second = Statement();
        Assert.Equal(Now.UtcDateTime, second.Issued);
        var reading = Read(Now, Anchor, first);
        Assert.Equal((null, 0, 2), (reading.Refusal, reading.Warnings.Count, reading.Dscs.Count));

        foreach (var (path, content) in before)
        {
            published[path] = content;
        }
        Assert.Contains("rolled back", Read(Now, Anchor, second.Sequence).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_list_is_told_and_a_rolled_back_one_refused()
    {
        Publish(Now, Anchor, Row(ceremony.OwnDsc()));
        Assert.Empty(Read(Now.AddHours(23), Anchor).Warnings);
        var stale = Read(Now.AddDays(1), Anchor);
        Assert.Contains("stale", Assert.Single(stale.Warnings), StringComparison.Ordinal);
        Assert.Single(stale.Dscs);
        Assert.Single(Read(Now.AddHours(-1), Anchor).Warnings);
        Assert.Null(Read(Now, Anchor, Statement().Sequence).Refusal);
        Assert.Contains("rolled back", Read(Now, Anchor, Statement().Sequence + 1).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void No_byte_of_the_statement_or_of_the_content_can_be_changed()
    {
        Publish(Now, Anchor, Row(ceremony.OwnDsc()));
        var statement = Statement();
        foreach (var path in new[] { TrustListFiles.StatementPath, TrustListFiles.ContentPath(statement.Content) })
        {
            for (var at = 0; at < published[path].Length; at++)
            {
                foreach (var mask in new byte[] { 1, 0x20 })
                {
                    published[path][at] ^= mask;
                    var said = ReadSignedList.Statement(Text(TrustListFiles.StatementPath), Anchor.Der.Span);
                    Assert.True(said is null || Content(said, Now).Refusal is not null, $"{path}: byte {at}");
                    published[path][at] ^= mask;
                }
            }
        }
    }

    [Fact]
    public void The_statement_of_another_anchor_or_of_another_kind_is_none()
    {
        Publish(Now, Anchor, Row(ceremony.OwnDsc()));
        using var other = Ceremony.NewAnchor();
        Assert.Null(ReadSignedList.Statement(Text(TrustListFiles.StatementPath), other.Der.Span));
        Assert.Null(ReadSignedList.Statement(
            AnchorJws.Sign("{\"content\":\"\"}"u8, "other+jws", Anchor), Anchor.Der.Span));
        Assert.Null(ReadSignedList.Statement(AnchorJws.Sign("[]"u8, ListStatement.Type, Anchor), Anchor.Der.Span));
        Assert.Null(ReadSignedList.Statement("", Anchor.Der.Span));
        Assert.Null(ReadSignedList.Statement(Text(TrustListFiles.StatementPath), "no anchor"u8));
    }

    [Fact]
    public void OpenSSL_verifies_the_statement()
    {
        Publish(Now, Anchor, Row(ceremony.OwnDsc()));
        var parts = Text(TrustListFiles.StatementPath).Split('.');
        var der = AsDer(AnchorJws.Decode(parts[2])!);
        using var folder = new Folder();
        var key = folder.File("key.pem", Encoding.ASCII.GetBytes(OpenSsl.Run(
            "x509", "-in", folder.File("anchor.pem", published[TrustListFiles.AnchorPath]), "-noout", "-pubkey")));
        OpenSsl.Run("dgst", "-sha256", "-verify", key, "-signature", folder.File("signature", der),
            folder.File("input", Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")));
    }

    [Fact]
    public void A_list_that_shrank_without_cause_is_not_published()
    {
        var (one, two) = (ceremony.OwnDsc(), ceremony.OwnDsc());
        Publish(Now, Anchor, Row(one), Row(two));
        Assert.Equal(
            "The trust list would lose 1 that no row explains: it is not published.",
            Build(Now, Anchor, Row(one)).Rejection?.Detail);
        Assert.Null(Build(Now.AddDays(731), Anchor, Row(ceremony.OwnDsc(to: Now.AddDays(1400)))).Rejection);
    }

    [Fact]
    public void With_a_clock_set_back_the_list_in_place_stays()
    {
        var row = Row(ceremony.OwnDsc());
        Publish(Now, Anchor, row);
        Assert.Contains(
            "later than this clock says", Build(Now.AddSeconds(-1), Anchor, row).Rejection?.Detail,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_names_a_file_comes_after_it()
    {
        var paths = Build(Now, Anchor, Row(ceremony.OwnDsc())).Value!.Files.Select(file => file.Path).ToList();
        Assert.Equal(TrustListFiles.StatementPath, paths[^1]);
        Assert.Contains(paths, path => path.StartsWith("trust-list/list-", StringComparison.Ordinal));
    }

    static ListedDsc Row(OwnDsc dsc) => new(dsc, null);

    /// <summary>OpenSSL wants the two halves as a SEQUENCE.</summary>
    static byte[] AsDer(byte[] signature)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(signature.AsSpan(0, 32).TrimStart((byte)0));
            writer.WriteIntegerUnsigned(signature.AsSpan(32).TrimStart((byte)0));
        }
        return writer.Encode();
    }

    Result<TrustFileSet> Build(DateTimeOffset now, TrustAnchor signer, params ListedDsc[] rows) =>
        BuildTrustFiles.From(
            new TrustListRows([ceremony.Csca], rows), ValidityPolicy.Default, signer, "did:web:example.vn", now,
            path => published.GetValueOrDefault(path));

    void Publish(DateTimeOffset now, TrustAnchor signer, params ListedDsc[] rows)
    {
        var built = Build(now, signer, rows);
        Assert.Null(built.Rejection);
        foreach (var file in built.Value!.Files)
        {
            published[file.Path] = file.Bytes;
        }
    }

    string Text(string path) => Encoding.Latin1.GetString(published[path]);

    ListStatement Statement() => ListStatement.Unverified(Text(TrustListFiles.StatementPath))!;

    TrustListReading Read(DateTimeOffset now, TrustAnchor pinned, long? seen = null) => Content(
        ReadSignedList.Statement(Text(TrustListFiles.StatementPath), pinned.Der.Span)!, now, seen);

    TrustListReading Content(ListStatement statement, DateTimeOffset now, long? seen = null) => ReadSignedList.From(
        statement, published.GetValueOrDefault(TrustListFiles.ContentPath(statement.Content), []), now, seen);
}

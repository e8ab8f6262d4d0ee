using System.Text;
using Issuer.Core.Gateway;
using Issuer.Core.Publication;
using Issuer.Hcert;
using Issuer.Tests.Gateway;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Publication;

/// <summary>Other countries' revocations as files, and what takes a hash out of them.</summary>
public sealed class ForeignRevocationsTests
{
    static readonly DateTimeOffset Now = Abroad.Now;
    static readonly Kid OneKid = new([1, 2, 3, 4, 5, 6, 7, 8]);

    static (FileSet Files, IReadOnlyList<string> Held) Build(
        IReadOnlyList<PublishedFile> before, params KnownBatch[] rows) =>
        BuildForeignRevocations.From(rows, "VN", before, Now);

    static KnownBatch Here(ForeignBatch batch) => new(batch, false);

    static KnownBatch Gone(ForeignBatch batch) => new(batch, true);

    static ForeignRevocations Parsed(PublishedFile file) => ForeignRevocations.Parse(file.Path, file.Bytes)!;

    [Fact]
    public void Batches_of_a_country_become_one_file_with_each_hash_once_in_order()
    {
        var (files, held) = Build([],
            Here(Abroad.Batch("1", [3, 1])), Here(Abroad.Batch("2", [2, 3])), Here(Abroad.Batch("3", [4], kid: OneKid)),
            Here(Abroad.Batch("4", [5], type: RevocationHashType.Uci)),
            Here(Abroad.Batch("5", [6], expires: Now.AddDays(1))));
        Assert.Empty(held);
        var list = Parsed(Assert.Single(files.Changed));
        Assert.Equal(
            [
                (OneKid.ToString(), "SIGNATURE", 1), ("UNKNOWN_KID", "SIGNATURE", 1), ("UNKNOWN_KID", "SIGNATURE", 3),
                ("UNKNOWN_KID", "UCI", 1),
            ],
            list.Groups.Select(group => (group.Kid, group.HashType, group.Hashes.Length / RevocationHash.Length)));
        Assert.Equal(
            new[] { 1, 2, 3 }.Select(Abroad.Hash).Order(RevocationHash.ByBytes),
            ForeignRevocations.HashesOf(list.Groups[2]));
    }

    [Fact]
    public void The_same_batches_are_the_same_file_and_stay_it_in_whatever_order_they_come()
    {
        KnownBatch[] rows =
        [
            Here(Abroad.Batch("1", [1, 2])), Here(Abroad.Batch("2", [3], kid: OneKid)),
            Here(Abroad.Batch("3", [4], "FR")),
        ];
        var first = Build([], rows).Files;
        Assert.Equal(2, first.Changed.Count);
        Assert.All(first.Changed, file => Assert.True(ManifestFile.IsSound(file.Path), file.Path));
        var again = Build(first.Changed, [.. rows.Reverse()]);
        Assert.Empty(again.Files.Changed);
        Assert.Equal(first.Changed.Select(file => file.Path).Order(), again.Files.Kept.Order());
        Assert.Empty(again.Held);
    }

    [Fact]
    public void A_hash_leaves_with_its_batchs_end_or_accepted_deletion_and_not_otherwise()
    {
        var (one, two) = (Abroad.Batch("1", [1]), Abroad.Batch("2", [2]));
        var before = Build([], Here(one), Here(two)).Files.Changed;

        var lost = Build(before, Here(one));
        Assert.Contains("of DE", Assert.Single(lost.Held));
        Assert.Contains("1 hashes would leave", lost.Held[0]);
        Assert.Equal(before[0].Path, Assert.Single(lost.Files.Kept));
        Assert.Empty(lost.Files.Changed);

        var deleted = Build(before, Here(one), Gone(two));
        Assert.Empty(deleted.Held);
        Assert.Equal(
            [Abroad.Hash(1)],
            ForeignRevocations.HashesOf(Assert.Single(Parsed(deleted.Files.Changed[0]).Groups)));
        Assert.Equal(
            (0, 0),
            (Build(before, Gone(one), Gone(two)).Files.Changed.Count, Build(before, Gone(one), Gone(two)).Held.Count));

        var lapsed = BuildForeignRevocations.From([], "VN", before, one.Expires);
        Assert.Empty(lapsed.Held);
        Assert.Empty(lapsed.Files.Kept);
    }

    [Fact]
    public void Under_another_kid_or_type_a_hash_is_another()
    {
        var before = Build([], Here(Abroad.Batch("1", [1]))).Files.Changed;
        Assert.Single(Build(before, Here(Abroad.Batch("1", [1], kid: OneKid))).Held);
        Assert.Single(Build(before, Here(Abroad.Batch("1", [1], type: RevocationHashType.Uci))).Held);
    }

    [Fact]
    public void One_country_that_lost_rows_holds_no_other_up()
    {
        var before = Build([], Here(Abroad.Batch("1", [1])), Here(Abroad.Batch("2", [2], "FR"))).Files.Changed;
        var next = Build(before, Here(Abroad.Batch("2", [2], "FR")), Here(Abroad.Batch("3", [3], "FR")));
        Assert.Single(next.Held);
        Assert.Equal("FR", Parsed(Assert.Single(next.Files.Changed)).Country);
        Assert.StartsWith("revocation/foreign/de-", Assert.Single(next.Files.Kept));
    }

    [Fact]
    public void What_others_say_of_our_country_is_not_published_and_what_cannot_be_read_stays()
    {
        Assert.Empty(Build([], Here(Abroad.Batch("1", [1], "VN"))).Files.Changed);
        var damaged = new PublishedFile("revocation/foreign/de-0.json", "{}"u8.ToArray(), "application/json");
        var (files, held) = Build([damaged], Here(Abroad.Batch("1", [1], "FR")));
        Assert.Contains("cannot be read", Assert.Single(held));
        Assert.Equal([damaged.Path], files.Kept);
        Assert.Single(files.Changed);
    }

    const string Path = "revocation/foreign/de-0.json";
    const string Good = """
        {"version":1,"country":"DE","groups":[{"kid":"UNKNOWN_KID","hashType":"UCI","expires":"2027-11-07T00:00:00Z","hashes":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="}]}
        """;

    [Theory]
    [InlineData("\"version\":1", "\"version\":2")]
    [InlineData("\"DE\"", "\"FR\"")]
    [InlineData("\"DE\"", "\"de\"")]
    [InlineData("\"DE\"", "null")]
    [InlineData("\"country\"", "\"country\":\"DE\",\"country\"")]
    [InlineData("UNKNOWN_KID", "AAEC")]
    [InlineData("\"UNKNOWN_KID\"", "null")]
    [InlineData("\"UNKNOWN_KID\"", "[]")]
    [InlineData("UCI", "ALL")]
    [InlineData("\"UCI\"", "null")]
    [InlineData("2027-11-07T00:00:00Z", "2027-11-07T00:00:00")]
    [InlineData("2027-11-07T00:00:00Z", "never")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=", "")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=", "AAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=", "AAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=", "not base64")]
    [InlineData("\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=\"", "[0]")]
    [InlineData("[{", "[null,{")]
    public void What_we_would_not_have_written_is_no_list(string what, string instead)
    {
        Assert.NotNull(ForeignRevocations.Parse(Path, Encoding.UTF8.GetBytes(Good)));
        var changed = Good.Replace(what, instead, StringComparison.Ordinal);
        Assert.NotEqual(Good, changed);
        Assert.Null(ForeignRevocations.Parse(Path, Encoding.UTF8.GetBytes(changed)));
    }

    [Fact]
    public void Nor_is_it_under_another_countrys_name_nor_without_an_end()
    {
        Assert.Null(ForeignRevocations.Parse("revocation/foreign/fr-0.json", Encoding.UTF8.GetBytes(Good)));
        var endless = new byte[ForeignRevocations.Longest + 1];
        endless.AsSpan().Fill((byte)' ');
        Encoding.UTF8.GetBytes(Good).CopyTo(endless, 0);
        Assert.Null(ForeignRevocations.Parse(Path, endless));
    }
}

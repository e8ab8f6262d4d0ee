using Issuer.Core.Gateway;
using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Gateway;

public sealed class ForeignBatchTests
{
    const string Good = """
        {"country":"DE","expires":"2027-11-07T00:00:00Z","kid":"AAECAwQFBgc=","hashType":"UCI","entries":[{"hash":"AAECAwQFBgcICQoLDA0ODw=="}]}
        """;

    static ForeignBatch? Read(string json) => ForeignBatch.Read("id", "DE", Abroad.Utf8(json));

    [Fact]
    public void A_batch_is_read_and_what_is_not_needed_ignored()
    {
        var batch = Read(Good.Replace("{\"country\"", "{\"more\":[1],\"country\"", StringComparison.Ordinal));
        Assert.NotNull(batch);
        Assert.Equal(
            ("DE", "AAECAwQFBgc=", RevocationHashType.Uci), (batch.Country, batch.Kid.ToString(), batch.HashType));
        Assert.Equal(new DateTimeOffset(2027, 11, 7, 0, 0, 0, TimeSpan.Zero), batch.Expires);
        Assert.Equal("000102030405060708090a0b0c0d0e0f", Assert.Single(batch.Hashes).ToString());
    }

    [Fact]
    public void Of_an_unknown_kid_any_DSC_of_the_country_is_meant() =>
        Assert.Null(Read(Good.Replace("AAECAwQFBgc=", "UNKNOWN_KID", StringComparison.Ordinal))!.Kid);

    [Theory]
    [InlineData("\"DE\"", "\"FR\"")]
    [InlineData("\"DE\"", "1")]
    [InlineData("AAECAwQFBgc=", "AAEC")]
    [InlineData("AAECAwQFBgc=", "unknown_kid")]
    [InlineData("\"AAECAwQFBgc=\"", "null")]
    [InlineData("UCI", "SHA256")]
    [InlineData("\"UCI\"", "0")]
    [InlineData("2027-11-07T00:00:00Z", "soon")]
    [InlineData("[{\"hash\"", "[{\"dash\"")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0O")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw==", "not base64 at all!!!!")]
    [InlineData("[{\"hash\":\"AAECAwQFBgcICQoLDA0ODw==\"}]", "[]")]
    [InlineData("[{\"hash\":\"AAECAwQFBgcICQoLDA0ODw==\"}]", "{}")]
    [InlineData("[{\"hash\":\"AAECAwQFBgcICQoLDA0ODw==\"}]", "[null]")]
    [InlineData("\"country\":\"DE\",", "\"country\":\"DE\",\"country\":\"DE\",")]
    [InlineData("\"country\":\"DE\",", "")]
    public void What_is_not_a_batch_of_that_country_is_none(string what, string instead)
    {
        Assert.NotNull(Read(Good));
        Assert.Null(Read(Good.Replace(what, instead, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    public void Nonsense_is_none(string json) => Assert.Null(Read(json));

    [Fact]
    public void A_batch_holds_a_thousand_hashes_and_no_more()
    {
        static string Many(int count) => Good.Replace(
            "[{\"hash\":\"AAECAwQFBgcICQoLDA0ODw==\"}]",
            $"[{string.Join(',', Enumerable.Repeat("{\"hash\":\"AAECAwQFBgcICQoLDA0ODw==\"}", count))}]",
            StringComparison.Ordinal);
        Assert.Equal(1000, Read(Many(1000))!.Hashes.Count);
        Assert.Null(Read(Many(1001)));
    }

    const string Page = """
        {"more":false,"batches":[{"batchId":"6f9619ff-8b86-4011-b42d-00c04fc964ff","country":"DE","date":"2027-01-10T00:00:00+01:00","deleted":false}]}
        """;

    [Fact]
    public void A_page_is_read_ascending_by_date()
    {
        var page = BatchPage.Read(Abroad.Utf8(Page));
        var line = Assert.Single(page!.Lines);
        Assert.Equal(
            ("6f9619ff-8b86-4011-b42d-00c04fc964ff", "DE", false, false),
            (line.Id, line.Country, line.IsDeleted, page.HasMore));
        Assert.Equal(new DateTimeOffset(2027, 1, 9, 23, 0, 0, TimeSpan.Zero), line.Date);
    }

    [Theory]
    [InlineData("6f9619ff-8b86-4011-b42d-00c04fc964ff", "../../etc/passwd")]
    [InlineData("\"DE\"", "\"de\"")]
    [InlineData("\"DE\"", "\"DEU\"")]
    [InlineData("2027-01-10T00:00:00+01:00", "yesterday")]
    [InlineData("\"deleted\":false", "\"deleted\":\"no\"")]
    [InlineData("\"more\":false", "\"more\":0")]
    [InlineData("\"more\":false,", "")]
    public void A_page_with_one_line_that_cannot_be_read_is_none(string what, string instead) =>
        Assert.Null(BatchPage.Read(Abroad.Utf8(Page.Replace(what, instead, StringComparison.Ordinal))));
}

using Issuer.Core.Pki;
using Issuer.Core.TrustLists;
using Issuer.Server.Features.Pki;
using Issuer.Storage.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.Pki;

public sealed class DevelopmentPkiTests : IDisposable
{
    static readonly DateTimeOffset Now = Ceremony.Now;

    readonly Folder folder = new();
    readonly KeyFiles files;

    public DevelopmentPkiTests() => files = new KeyFiles(folder.Path, development: true);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_run_mints_everything_from_the_development_keys()
    {
        using var anchor = Ensure([], Now).Anchor;
        var pki = Ensure([], Now);
        var dsc = Assert.Single(pki.NewDscs);
        Assert.True(Assert.Single(pki.Cscas).Issued(dsc));
        Assert.Equal(anchor.Der.ToArray(), pki.Anchor.Der.ToArray());
        using var key = files.ReadKey(dsc.KeyName);
        Assert.True(DevelopmentKeys.IsOne(key.PublicKey.ExportSubjectPublicKeyInfo()));
        Assert.Null(ChooseDsc.For([dsc], null, Now, ValidityPolicy.Default.ExpiryOf(Now)).Rejection);
    }

    [Fact]
    public void A_DSC_whose_row_was_never_written_is_found_again()
    {
        var lost = Assert.Single(Ensure([], Now).NewDscs);
        Assert.Equal(lost.Kid, Assert.Single(Ensure([], Now.AddDays(1)).NewDscs).Kid);
        Assert.Empty(Ensure([lost], Now.AddDays(1)).NewDscs);
    }

    [Fact]
    public void A_DSC_that_runs_out_is_followed_by_the_next_for_years()
    {
        List<OwnDsc> rows = [];
        for (var at = Now; at < Now.AddYears(9); at = at.AddDays(100))
        {
            var pki = Ensure(rows, at);
            rows.AddRange(pki.NewDscs);
            var choice = ChooseDsc.For(rows, null, at, ValidityPolicy.Default.ExpiryOf(at)).Value!;
            using var key = files.ReadKey(choice.Dsc.KeyName);
            Assert.Contains(pki.Cscas, csca => csca.Issued(choice.Dsc));
        }
        Assert.Equal(9, rows.Count);
        Assert.Equal(rows.Count, rows.Select(dsc => dsc.KeyName).Distinct().Count());
    }

    [Fact]
    public void A_withdrawn_DSC_is_replaced_by_one_with_a_fresh_key()
    {
        var first = Assert.Single(Ensure([], Now).NewDscs);
        var withdrawn = new OwnDsc(first.Der.Span, first.KeyName, withdrawn: true);
        var second = Assert.Single(Ensure([withdrawn], Now).NewDscs);
        using var key = files.ReadKey(second.KeyName);
        Assert.False(DevelopmentKeys.IsOne(key.PublicKey.ExportSubjectPublicKeyInfo()));
        var production = new KeyFiles(folder.Path, development: false);
        Assert.Throws<KeyRefusedException>(() => production.ReadKey(second.KeyName));
    }

    [Fact]
    public void Its_trust_list_is_believed()
    {
        var pki = Ensure([], Now);
        var items = BuildTrustList.From(
            pki.Cscas, pki.NewDscs.Select(dsc => new ListedDsc(dsc, null)), ValidityPolicy.Default, pki.Anchor, Now);
        var reading = ReadTrustList.From(TrustListItem.ToJson(items.Value!), files.ReadCertificate("anchor"));
        Assert.Single(reading.Dscs);
        Assert.Single(reading.Cscas);
    }

    DevelopmentPki Ensure(IReadOnlyCollection<OwnDsc> known, DateTimeOffset now) =>
        DevelopmentPki.Ensure(files, known, ValidityPolicy.Default, now);
}

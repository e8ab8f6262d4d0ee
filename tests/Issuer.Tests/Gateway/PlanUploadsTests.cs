using Issuer.Core.Gateway;
using Issuer.Core.Pki;
using Issuer.Tests.Pki;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Gateway;

public sealed class PlanUploadsTests : IDisposable
{
    readonly Ceremony ceremony = new();
    readonly OwnDsc listed;
    readonly OwnDsc left;

    public PlanUploadsTests() => (listed, left) = (ceremony.OwnDsc(), ceremony.OwnDsc(withdrawn: true));

    public void Dispose() => ceremony.Dispose();

    RevocationBatch Batch(int number) => new("VN", listed.Kid, Abroad.Now.AddDays(30), false, [Abroad.Hash(number)]);

    static UploadPlan Plan(
        IEnumerable<OwnDsc> dscs, IEnumerable<RevocationBatch>? batches, params GatewayUpload[] remembered) =>
        PlanUploads.From(dscs.Select(dsc => (dsc, !dsc.Withdrawn)), batches, remembered);

    static GatewayUpload There(OwnDsc dsc) => new UploadItem(UploadKind.Dsc, dsc.Kid, dsc.Der).Uploaded(null);

    static GatewayUpload There(RevocationBatch batch) =>
        new UploadItem(UploadKind.Batch, batch.Kid, batch.Json).Uploaded("id");

    [Fact]
    public void What_is_not_there_is_uploaded_DSCs_first_and_what_is_there_is_not()
    {
        var plan = Plan([listed, left], [Batch(1), Batch(2)], There(Batch(2)));
        Assert.Equal([UploadKind.Dsc, UploadKind.Batch], plan.Upload.Select(item => item.Kind));
        Assert.Equal(listed.Der.ToArray(), plan.Upload[0].Content.ToArray());
        Assert.Equal(Batch(1).Id, plan.Upload[1].Digest);
        Assert.Empty(plan.Withdraw);
        Assert.Empty(plan.Delete);
    }

    [Fact]
    public void A_DSC_that_left_our_list_is_withdrawn_if_it_is_there() =>
        Assert.Equal(left.Kid, Assert.Single(Plan([listed, left], [], There(listed), There(left)).Withdraw).Kid);

    [Fact]
    public void A_DSC_of_which_there_is_no_row_is_left_alone()
    {
        var plan = Plan([], [], There(listed), There(left));
        Assert.Empty(plan.Withdraw);
        Assert.Empty(plan.Delete);
    }

    [Fact]
    public void A_batch_that_left_the_publication_is_deleted_but_not_while_nothing_is_published()
    {
        Assert.Equal(Batch(2).Id, Assert.Single(Plan([], [Batch(1)], There(Batch(1)), There(Batch(2))).Delete).Digest);
        Assert.Empty(Plan([], null, There(Batch(1))).Delete);
    }
}

using Issuer.Core.Gateway;
using Issuer.Tests.Gateway;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    async Task<IReadOnlyList<(string Kid, string Source, bool HasLeft)>> BelievedAsync() =>
        [.. (await store.Gateway.KeysAsync(default)).Select(key => (key.Key.Kid, key.Source, key.HasLeft))];

    [Fact]
    public async Task A_source_of_keys_replaces_its_own_and_touches_no_others()
    {
        var (one, two) = (Abroad.Key(), Abroad.Key());
        await store.Gateway.ReplaceKeysAsync(KeySource.Gateway, [one, two], Given.Act, default);
        await store.Gateway.ReplaceKeysAsync("who", [one], Given.Act, default);
        await store.Gateway.ReplaceKeysAsync(KeySource.Gateway, [two], Given.Act, default);
        Assert.Equal(
            new[] { (one.Kid, "gateway", true), (one.Kid, "who", false), (two.Kid, "gateway", false) }.Order(),
            (await BelievedAsync()).Order());

        await store.Gateway.ReplaceKeysAsync("who", [Abroad.Key()], Given.Act, default);
        await store.Gateway.ReplaceKeysAsync(
            KeySource.Gateway, [one, two], Given.Act with { At = Given.Now.AddDays(1) }, default);
        var believed = await BelievedAsync();
        Assert.Contains((one.Kid, "who", true), believed);
        Assert.Contains((one.Kid, "gateway", false), believed);
        Assert.Equal(4, believed.Count);
        Assert.Equal(5, await ScalarAsync("select count(*) from audit where act like 'foreign-key-believed %'"));
        Assert.Equal(2, await ScalarAsync("select count(*) from audit where act like 'foreign-key-left %'"));
    }

    [Fact]
    public async Task A_key_comes_back_as_it_went_in()
    {
        var key = Abroad.Key("FR", kind: TrustListItem.Csca, listed: Given.Now);
        await store.Gateway.ReplaceKeysAsync("who", [key], Given.Act, default);
        var back = Assert.Single(await store.Gateway.KeysAsync(default));
        Assert.Equal(key.Der.ToArray(), back.Key.Der.ToArray());
        Assert.Equal((key.Kind, key.Country, key.Kid, key.Listed, key.Thumbprint),
            (back.Key.Kind, back.Key.Country, back.Key.Kid, back.Key.Listed, back.Key.Thumbprint));
    }

    [Fact]
    public async Task A_batch_that_left_is_known_until_it_expires_and_one_that_comes_back_stands_again()
    {
        await store.Gateway.AddBatchAsync(Abroad.Batch("1", [1, 2], expires: Given.Now.AddDays(1)), default);
        await store.Gateway.AddBatchAsync(Abroad.Batch("2", [3], expires: Given.Now.AddDays(2)), default);
        await store.Gateway.LeaveBatchesAsync(["1"], Given.Now, default);

        Assert.Equal(["2"], (await store.Gateway.BatchExpiriesAsync(default)).Keys);
        Assert.Equal([("1", true), ("2", false)],
            (await store.Gateway.BatchesAsync(default)).Select(known => (known.Batch.Id, known.HasLeft)));
        Assert.Equal([Abroad.Hash(1), Abroad.Hash(2)], (await store.Gateway.BatchesAsync(default))[0].Batch.Hashes);

        await store.Gateway.AddBatchAsync(Abroad.Batch("1", [1, 2], expires: Given.Now.AddDays(1)), default);
        Assert.Equal(2, (await store.Gateway.BatchExpiriesAsync(default)).Count);
        await store.Gateway.LeaveBatchesAsync(["1"], Given.Now, default);
        await store.Gateway.ForgetExpiredBatchesAsync(Given.Now.AddDays(1), default);
        Assert.Equal("2", Assert.Single(await store.Gateway.BatchesAsync(default)).Batch.Id);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Issuer.Core.Pki;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Revocation;

public sealed class ReadCompactListTests : IDisposable
{
    readonly ListSample lists = new();
    readonly CompactListState first = ListSample.State(ListSample.Set(ListSample.Scattered(50, 1 << 21)));
    readonly CompactListState second;

    public ReadCompactListTests() =>
        second = ListSample.State(ListSample.Set(ListSample.Scattered(60, 1 << 21).Skip(5)), first);

    public void Dispose() => lists.Dispose();

    [Fact]
    public void Every_flipped_byte_is_refused()
    {
        foreach (var (list, held) in new[] { (lists.Full(first), null), (lists.Delta(first, second), first) })
        {
            Assert.NotNull(lists.Read(list, held).State);
            foreach (var flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                foreach (var envelope in Flipped(list.Envelope, flip))
                {
                    Assert.Equal(
                        CompactListFault.BadEnvelope, lists.Read(list with { Envelope = envelope }, held).Fault);
                }
                foreach (var body in Flipped(list.Body, flip))
                {
                    Assert.Equal(CompactListFault.OtherBody, lists.Read(list with { Body = body }, held).Fault);
                }
            }
        }
    }

    [Fact]
    public void A_cut_or_longer_file_is_refused()
    {
        var list = lists.Full(first);
        Assert.Equal(CompactListFault.BadEnvelope, lists.Read(list with { Envelope = list.Envelope[..^1] }).Fault);
        Assert.Equal(CompactListFault.BadEnvelope, lists.Read(list with { Envelope = [.. list.Envelope, 0] }).Fault);
        Assert.Equal(CompactListFault.BadEnvelope, lists.Read(list with { Envelope = new byte[2000] }).Fault);
        Assert.Equal(CompactListFault.BadEnvelope, lists.Read(list with { Envelope = [] }).Fault);
        Assert.Equal(CompactListFault.OtherBody, lists.Read(list with { Body = list.Body[..^1] }).Fault);
        Assert.Equal(CompactListFault.OtherBody, lists.Read(list with { Body = [.. list.Body, 0] }).Fault);
    }

    [Fact]
    public void Of_two_lists_of_one_second_the_later_replaces_the_earlier_and_never_the_other_way()
    {
        var same = second with { ThisUpdate = first.ThisUpdate, NextUpdate = first.NextUpdate };
        Assert.Equal(same.Link, lists.Read(lists.Full(same), first).State?.Link);
        Assert.Equal(same.Link, lists.Read(lists.Delta(first, same), first).State?.Link);
        Assert.Equal(CompactListFault.RolledBack, lists.Read(lists.Full(first), same).Fault);

        // Another list of that second under the same number is a fork, whichever came first.
        var fork = new CompactListState(
            "VN", same.Sequence, same.ThisUpdate, same.NextUpdate, 3, ListSample.Set(1, 2, 3), first.Link);
        Assert.Equal(CompactListFault.Forked, lists.Read(lists.Full(fork), same).Fault);
        Assert.Equal(CompactListFault.Forked, lists.Read(lists.Full(same), fork).Fault);
    }

    [Fact]
    public void Another_anchors_list_is_refused()
    {
        using var others = new ListSample();
        Assert.Equal(CompactListFault.BadEnvelope, lists.Read(others.Full(first)).Fault);
    }

    [Fact]
    public void What_else_the_anchor_signs_is_no_list()
    {
        var claims = PreparedCompactList.Full(first).Claims.Write();
        Assert.NotNull(ReadCompactList.Claims(lists.Anchor.SignCose(claims), lists.Signer));
        byte[][] others = [[], [0xA0], [0x80], [.. claims, 0], claims[..^1], [.. claims[..3], .. claims[2..]]];
        foreach (var other in others)
        {
            Assert.Null(ReadCompactList.Claims(lists.Anchor.SignCose(other), lists.Signer));
        }
        // The map's head, the first key, the format's name and the second key; a flipped value may well be signed.
        for (var at = 0; at < 8; at++)
        {
            var flipped = claims.ToArray();
            flipped[at] ^= 0x01;
            Assert.Null(ReadCompactList.Claims(lists.Anchor.SignCose(flipped), lists.Signer));
        }
    }

    [Fact]
    public void An_anchor_with_an_RSA_key_signs_too()
    {
        using var anchor = TrustAnchor.SelfSigned("VN", "Bộ Y tế", SigningKey.Create(KeyKind.Rsa2048), Given.Now);
        Assert.True(Dsc.TryParse(anchor.Der.Span, out var signer, out _));
        var prepared = PreparedCompactList.Full(first);
        Assert.NotNull(ReadCompactList.Claims(anchor.SignCose(prepared.Claims.Write()), signer));
    }

    [Fact]
    public void An_earlier_list_is_rolled_back()
    {
        Assert.Equal(CompactListFault.RolledBack, lists.Read(lists.Full(first), second).Fault);
        var back = second with { ThisUpdate = first.ThisUpdate.AddHours(-1) };
        Assert.Equal(CompactListFault.RolledBack, lists.Read(lists.Full(back), first).Fault);
    }

    [Fact]
    public void Another_history_is_told()
    {
        Assert.NotNull(lists.Read(lists.Full(second), second).State);
        var other = ListSample.State(ListSample.Set(1), ListSample.State(ListSample.Set(2)));
        Assert.Equal(CompactListFault.Forked, lists.Read(lists.Full(other), second).Fault);
        Assert.Equal(CompactListFault.Forked, lists.Read(lists.Full(other), first).Fault);
        Assert.Equal(CompactListFault.Forked, lists.Read(lists.Full(second with { Country = "LA" }), second).Fault);
    }

    [Fact]
    public void A_full_list_that_is_further_on_is_taken()
    {
        var third = ListSample.State(ListSample.Set(9), second);
        Assert.NotNull(lists.Read(lists.Full(third), first).State);
    }

    [Fact]
    public void A_delta_from_another_base_is_refused()
    {
        var delta = lists.Delta(first, second);
        Assert.Equal(CompactListFault.OtherBase, lists.Read(delta).Fault);
        Assert.Equal(CompactListFault.OtherBase, lists.Read(delta, second).Fault);
        var third = ListSample.State(ListSample.Set(9), second);
        Assert.Equal(CompactListFault.OtherBase, lists.Read(lists.Delta(second, third), first).Fault);
        Assert.Throws<ArgumentException>(() => PreparedCompactList.Delta(second, first));
        Assert.Throws<ArgumentException>(
            () => PreparedCompactList.Delta(ListSample.State(ListSample.Set(1)), second));
    }

    [Fact]
    public void A_list_is_stale_from_its_next_update_on()
    {
        Assert.False(first.IsStale(first.NextUpdate.AddSeconds(-1)));
        Assert.True(first.IsStale(first.NextUpdate));
    }

    [Fact]
    public void Bytes_of_any_kind_are_read_within_bounds_or_refused()
    {
        var claims = PreparedCompactList.Delta(first, second).Claims;
        var bytes = Gen.ArrayOf(Gen.Frequency(
            (3, Gen.Choose(0, 255)), (1, Gen.Constant(0xFF)), (1, Gen.Constant(0))).Select(b => (byte)b)).ToArbitrary();
        Prop.ForAll(bytes, Gen.Choose(0, 100).ToArbitrary(), (body, count) =>
        {
            _ = CompactListBody.TryRead(body, claims with { Revoked = count, Base = null }, RevokedSlots.Empty);
            var from = claims.Base! with { Additions = count, Removals = count };
            _ = CompactListBody.TryRead(body, claims with { Base = from }, first.Revoked);
            _ = ReadCompactList.From(body, body, lists.Signer);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Theory]
    [InlineData("", 1, "ends too early")]
    [InlineData("00", long.MaxValue, "more numbers than bits")]
    [InlineData("8C00", 1, "k of 35")]
    [InlineData("00F800", 3, "a byte more")]
    [InlineData("00F9", 3, "a bit set at the end")]
    [InlineData("00", 3, "numbers without their bits")]
    [InlineData("03FFFFFFFFFFFFFFFF80", 2, "a slot of 2^35")]
    public void A_body_that_nobody_writes_is_refused(string hex, long count, string because)
    {
        Assert.NotEmpty(because);
        var claims = PreparedCompactList.Full(first).Claims with { Revoked = count };
        Assert.Null(CompactListBody.TryRead(Convert.FromHexString(hex), claims, RevokedSlots.Empty));
    }

    [Fact]
    public void A_body_that_is_another_set_than_stated_is_refused()
    {
        var prepared = PreparedCompactList.Full(first);
        Assert.Equal(CompactListFault.BadBody,
            ReadCompactList.Apply(prepared.Claims, CompactListBody.Full(second.Revoked), null).Fault);
    }

    static IEnumerable<byte[]> Flipped(byte[] bytes, byte flip)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            var flipped = bytes.ToArray();
            flipped[at] ^= flip;
            yield return flipped;
        }
    }
}

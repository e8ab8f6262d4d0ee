using FsCheck;
using FsCheck.Fluent;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

/// <summary>Texts that are no codes: the layer at fault is named, and nothing throws.</summary>
public sealed class DecodeFaultTests : IDisposable
{
    readonly HcertSample sample = new();

    public void Dispose() => sample.Dispose();

    [Theory]
    [InlineData("", DecodeLayer.Prefix)]
    [InlineData("HC1", DecodeLayer.Prefix)]
    [InlineData("hc1:", DecodeLayer.Prefix)]
    [InlineData("HC2:6BF", DecodeLayer.Prefix)]
    [InlineData("HC1:abc", DecodeLayer.Base45)]
    [InlineData("HC1:", DecodeLayer.Compression)]
    [InlineData("HC1:BB8BB8BB8", DecodeLayer.Compression)]
    public void The_layer_at_fault_is_named(string text, DecodeLayer layer)
    {
        Assert.False(HcertReader.TryRead(text, out _, out var fault));
        Assert.Equal(layer, fault.Layer);
    }

    [Fact]
    public void A_text_longer_than_any_code_is_refused_unread()
    {
        Assert.False(HcertReader.TryRead("HC1:" + new string('0', Hc1.MaxCharacters), out _, out var fault));
        Assert.Equal(DecodeLayer.Prefix, fault.Layer);
        Assert.False(HcertReader.TryRead("HC1:" + new string('0', Hc1.MaxCharacters - 4), out _, out fault));
        Assert.Equal(DecodeLayer.Compression, fault.Layer);
    }

    [Fact]
    public void The_largest_input_of_the_small_encoder_comes_back_though_nothing_in_it_repeats()
    {
        var bytes = new byte[SmallDeflate.MaxInput];
        new Random(1).NextBytes(bytes);

        Assert.True(Hc1.TryDecode(Hc1.Encode(bytes), out var back, out _));
        Assert.Equal(bytes, back);
    }

    [Fact]
    public void Deeper_layers_are_named_too()
    {
        Assert.Equal(DecodeLayer.Cose, FaultOf(Hc1.Encode([0x80])).Layer);
        Assert.Equal(DecodeLayer.Cwt, FaultOf(ForeignCode.Hc1(sample, [0x80])).Layer);
        Assert.Equal(DecodeLayer.Cwt, FaultOf(ForeignCode.Hc1(sample, [0xA0])).Layer);
        Assert.Equal(DecodeLayer.Cwt, FaultOf(ForeignCode.Hc1(sample, [0xA0, 0x00])).Layer);
        Assert.Equal(DecodeLayer.Schema, FaultOf(ForeignCode.Hc1(sample, ForeignCode.Claims("{}"))).Layer);
    }

    [Fact]
    public void No_text_makes_it_throw() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            ArbMap.Default.ArbFor<string>(),
            text => HcertReader.TryRead("HC1:" + text, out var hcert, out var fault) == fault is null
                && HcertJson.Of(text ?? "").Length > 0 && hcert is null == fault is not null));

    /// <summary>Valid codes, changed in one to four places of one layer: text, zlib, COSE, claims.</summary>
    [Fact]
    public void No_mutation_at_any_layer_makes_it_throw()
    {
        var payload = CwtWriter.Write(HcertSample.Cwt);
        var header = ForeignCode.Header(kid: sample.Dsc.Kid);
        var mutation = Gen.ArrayOf(Gen.Two(Gen.Choose(0, int.MaxValue)), 4);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4000), Prop.ForAll(
            Arb.From(Gen.Choose(0, 3)),
            Arb.From(mutation),
            (layer, changes) =>
            {
                var code = layer switch
                {
                    0 => Text(Mutate(System.Text.Encoding.Latin1.GetBytes(sample.Hc1()), changes)),
                    1 => Hc1.Prefix + Base45.Encode(Mutate(Zipped(sample.Cose()), changes)),
                    2 => Hc1.Encode(Mutate(sample.Cose(), changes)),
                    _ => Hc1.Encode(ForeignCode.Cose(sample, header, Mutate(payload, changes))),
                };
                return HcertReader.TryRead(code, out _, out var fault) == fault is null
                    && HcertJson.Of(code).Length > 0 && sample.Verify(code).Detail.Length > 0;
            }));
    }

    static string Text(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    static byte[] Zipped(byte[] cose) =>
        Zlib.Compress(cose, new byte[SmallDeflate.MaxInput + Zlib.MaxExpansion]).ToArray();

    // Each change overwrites, inserts or removes one byte; a change of (0, 0) after the first is none.
    static byte[] Mutate(byte[] bytes, (int Place, int Value)[] changes)
    {
        var result = bytes.ToList();
        foreach (var (place, value) in changes.Take(1 + (changes.Length > 0 ? changes[0].Value % 4 : 0)))
        {
            var at = place % Math.Max(1, result.Count);
            switch (value % 3)
            {
                case 0 when result.Count > 0:
                    result[at] = (byte)((value >> 8) & 255);
                    break;
                case 1:
                    result.Insert(at, (byte)((value >> 8) & 255));
                    break;
                case 2 when result.Count > 0:
                    result.RemoveAt(at);
                    break;
            }
        }
        return [.. result];
    }

    static DecodeFault FaultOf(string code)
    {
        Assert.False(HcertReader.TryRead(code, out _, out var fault));
        return fault;
    }
}

using System.Globalization;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Issuer.Tests.Hcert;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Revocation;

/// <summary>
/// The public reference, run: byte for byte where it is right, and our own answer where it loses revocations. What it
/// gets wrong is every prefix slice with a hash that begins FF and then 80 or more: sets v1000, v4096, v5000 and v6250
/// in each mode.
/// </summary>
public sealed class EuFilterVectorTests
{
    static readonly string[] WrongInTheReference = ["v1000", "v4096", "v5000", "v6250"];

    public static TheoryData<string, float> Bloom => Rows("bloom", row => row.GetProperty("set").GetString()!);

    public static TheoryData<string, float> Prefix => Rows("varhash", row =>
        $"{row.GetProperty("mode").GetString()} {row.GetProperty("set").GetString()}");

    [ConformanceTheory]
    [MemberData(nameof(Bloom))]
    public void A_Bloom_slice_is_the_reference_s_byte_for_byte(string set, float probability)
    {
        var vector = Find("bloom", row => row.GetProperty("set").GetString() == set && P(row) == probability);
        var elements = Elements(set, vector.GetProperty("n").GetInt32());
        var slice = BloomSlice.Of(elements, probability);
        AssertBytes(vector, slice);
        Assert.Equal(vector.GetProperty("k").GetInt32(), slice.Bytes.Span[2]);
        Assert.All(elements, element => Assert.True(slice.MayContain(element)));
    }

    [ConformanceTheory]
    [MemberData(nameof(Prefix))]
    public void A_prefix_slice_is_the_reference_s_where_that_is_right(string name, float probability)
    {
        var (mode, set) = (name.Split(' ')[0], name.Split(' ')[1]);
        var vector = Find("varhash", row =>
            row.GetProperty("set").GetString() == set && row.GetProperty("mode").GetString() == mode);
        var elements = Elements(set, vector.GetProperty("n").GetInt32());
        var slice = PrefixSlice.Of(elements, vector.GetProperty("size").GetInt32(), probability);
        var lost = vector.GetProperty("falseNegatives").GetInt32();
        Assert.Equal(WrongInTheReference.Contains(set), lost > 0);
        if (lost == 0)
        {
            AssertBytes(vector, slice);
        }
        else
        {
            // As long as the reference's, with the prefixes that it lost.
            Assert.Equal(vector.GetProperty("bytes").GetInt32(), slice.Bytes.Length);
            Assert.NotEqual(vector.GetProperty("sha256").GetString(), Sha256(slice));
            var first = Convert.FromHexString(vector.GetProperty("firstFalseNegative").GetString()!);
            Assert.True(first[0] == 0xFF && first[1] >= 0x80);
            Assert.Contains(elements, element => element.AsSpan().SequenceEqual(first));
            Assert.Equal(lost, elements.Count(element => element[0] == 0xFF && element[1] >= 0x80));
        }
        Assert.All(elements, element => Assert.True(slice.MayContain(element)));
    }

    [ConformanceFact]
    public void The_vendor_s_filters_come_out_bit_for_bit()
    {
        foreach (var row in Json("filter-test.json").EnumerateArray())
        {
            var written = Written(row);
            // The filter has room for all of the data, also for what was not written.
            var all = BloomSlice.Of(Data(row), (float)row.GetProperty("p").GetDouble());
            var words = JsonSerializer.Deserialize<int[]>(
                Convert.FromBase64String(row.GetProperty("filter").GetString()!))!;
            Assert.Equal(words.Length, (all.Bytes.Length - 20) / 4);
            if (written.Count == Data(row).Count)
            {
                Assert.Equal(words, Words(all));
            }
            else
            {
                // Every bit of what was written is set in both.
                Assert.All(words.Zip(Words(all)), pair => Assert.Equal(pair.First, pair.First & pair.Second));
            }
        }
    }

    [ConformanceFact]
    public void The_vendor_s_single_bits_are_ours()
    {
        foreach (var row in Json("testcase1.json").EnumerateArray())
        {
            var bits = JsonSerializer.Deserialize<int[]>(
                Convert.FromBase64String(row.GetProperty("filter").GetString()!))!;
            var set = Written(row).Select(data => FirstBit(data, (uint)bits.Length)).ToHashSet();
            Assert.Equal(bits.Index().Where(bit => bit.Item == 1).Select(bit => bit.Index).ToHashSet(), set);
        }
    }

    [Fact]
    public void K_stands_before_the_kind_of_hash()
    {
        var slice = BloomSlice.Of(Elements("b1", 1), 1e-12f);
        Assert.Equal("00012C00", Convert.ToHexString(slice.Bytes.Span[..4]));
    }

    [Fact]
    public void Eight_hashes_at_once_are_those_of_SHA_256()
    {
        foreach (var length in new[] { 0, 1, 2, 3, 16, 54 })
        {
            var message = Elements("b1", 4).SelectMany(e => e).Take(length).ToArray();
            var hashes = new Vector256<uint>[SeededSha256.Words];
            SeededSha256.Hash(message, 32, hashes);
            for (var lane = 0; lane < SeededSha256.Lanes; lane++)
            {
                var words = hashes.Select(word => word[lane].ToString("x8", CultureInfo.InvariantCulture));
                Assert.Equal(
                    Convert.ToHexStringLower(SHA256.HashData([.. message, (byte)(32 + lane)])), string.Concat(words));
            }
        }
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            SeededSha256.Hash(new byte[55], 0, new Vector256<uint>[SeededSha256.Words]));
    }

    [Fact]
    public void Eight_messages_at_once_have_each_their_own_hash()
    {
        var messages = Elements("b1", 4).SelectMany(e => e).Take(8 * 16).ToArray();
        messages = [.. messages, .. Enumerable.Range(0, (8 * 16) - messages.Length).Select(i => (byte)i)];
        byte[] seeds = [0, 1, 7, 8, 63, 127, 128, 255];
        var hashes = new Vector256<uint>[SeededSha256.Words];
        SeededSha256.HashEach(messages, seeds, hashes);
        for (var lane = 0; lane < SeededSha256.Lanes; lane++)
        {
            var words = hashes.Select(word => word[lane].ToString("x8", CultureInfo.InvariantCulture));
            Assert.Equal(
                Convert.ToHexStringLower(SHA256.HashData([.. messages[(16 * lane)..][..16], seeds[lane]])),
                string.Concat(words));
        }
    }

    [Theory]
    [InlineData(32u)]
    [InlineData(96u)]
    [InlineData(7232u)]
    [InlineData(1u << 29)]
    [InlineData((1u << 29) - 32)]
    public void A_bit_is_the_signed_number_modulo_the_bits(uint bits)
    {
        foreach (var element in Elements("modulo", 500))
        {
            var number = new System.Numerics.BigInteger(SHA256.HashData([.. element, 0]), isBigEndian: true);
            var remainder = (int)(number % bits);
            Assert.Equal(remainder < 0 ? remainder + (int)bits : remainder, FirstBit(element, bits));
        }
    }

    static int FirstBit(byte[] data, uint bits)
    {
        var hashes = new Vector256<uint>[SeededSha256.Words];
        SeededSha256.Hash(data, 0, hashes);
        return (int)new BloomIndex(bits).Of(SeededSha256.Number(hashes, 0));
    }

    static TheoryData<string, float> Rows(string kind, Func<JsonElement, string> name)
    {
        var rows = new TheoryData<string, float>();
        if (Conformance.Folder is null)
        {
            rows.Add("", 0);
            return rows;
        }
        foreach (var row in Vectors(kind))
        {
            rows.Add(name(row), P(row));
        }
        return rows;
    }

    static JsonElement.ArrayEnumerator Vectors(string kind) =>
        Json("eu-filter-vectors.json").GetProperty(kind).EnumerateArray();

    static JsonElement Find(string kind, Func<JsonElement, bool> which) => Vectors(kind).First(which);

    static JsonElement Json(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Conformance.PathOf("revocation", name))).RootElement;

    static float P(JsonElement row) => row.GetProperty("p") is { ValueKind: JsonValueKind.String } text
        ? float.Parse(text.GetString()!, CultureInfo.InvariantCulture)
        : row.GetProperty("p").GetSingle();

    static List<byte[]> Elements(string set, int count) => [.. Enumerable.Range(0, count).Select(i =>
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"revoked-{set}-{i}")))[..16])];

    static List<byte[]> Data(JsonElement row) =>
        [.. row.GetProperty("data").EnumerateArray().Select(d => Encoding.UTF8.GetBytes(d.GetString()!))];

    static List<byte[]> Written(JsonElement row) => [.. Data(row).Zip(
        row.GetProperty("written").EnumerateArray(), (data, flag) => (data, flag: flag.GetInt32()))
        .Where(pair => pair.flag == 1).Select(pair => pair.data)];

    static int[] Words(BloomSlice slice) => [.. slice.Bytes.ToArray()[20..].Chunk(4)
        .Select(word => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(word))];

    static string Sha256(RevocationSlice slice) => Sha256Digest.Of(slice.Bytes.Span).ToString();

    static void AssertBytes(JsonElement vector, RevocationSlice slice)
    {
        if (vector.TryGetProperty("hex", out var hex))
        {
            Assert.Equal(hex.GetString(), Convert.ToHexStringLower(slice.Bytes.Span));
        }
        Assert.Equal(vector.GetProperty("sha256").GetString(), Sha256(slice));
    }
}

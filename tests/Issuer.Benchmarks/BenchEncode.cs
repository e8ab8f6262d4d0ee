using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;

namespace Issuer.Benchmarks;

/// <summary>What one core does, from payload to <c>HC1:</c> text, signature included, beside signing alone.</summary>
public sealed record EncodeFigures(
    double CertificatesPerSecond,
    double RawSignaturesPerSecond,
    double Ratio,
    double MeanCharacters,
    double Zlib9MeanCharacters);

/// <summary>
/// Both loops run in turn, a slice each, so that both meet the same disturbances; the figures are medians of slices.
/// </summary>
public static class BenchEncode
{
    const int Samples = 1000;
    const int PerSlice = 500;

    static readonly string[] FamilyNames =
        ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ksơr"];

    static readonly string[] MiddleNames =
        ["Văn", "Thị", "Hữu", "Đức", "Ngọc", "Thanh", "Minh", "Thị Ngọc", "Quang", "Xuân", "Thị Thùy"];

    static readonly string[] LastNames =
        ["Anh", "Bình", "Châu", "Dũng", "Hương", "Khánh", "Linh", "Mạnh", "Nhung", "Phượng", "Quỳnh", "Ơk", "Yến"];

    /// <summary>Measures, on the calling thread.</summary>
    /// <param name="slices">Slices of each loop; the first tenth warms up and does not count.</param>
    public static EncodeFigures Run(int slices = 60)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kid = KidOf(key);
        var cwts = Enumerable.Range(0, Samples).Select(SampleCwt).ToArray();
        var digests = cwts.Select(cwt => SHA256.HashData(CwtWriter.Write(cwt))).ToArray();
        var (encode, sign) = (new List<double>(slices), new List<double>(slices));
        for (var slice = 0; slice < slices; slice++)
        {
            var start = slice * PerSlice % Samples;
            encode.Add(Rate(start, index => Encode(cwts[index], kid, key)));
            sign.Add(Rate(start, index => key.SignHash(digests[index])));
        }
        var warmUp = slices / 10;
        var ratio = Median(encode.Zip(sign, (certificates, signatures) => certificates / signatures).Skip(warmUp));
        var coses = cwts.Select(cwt => Cose(cwt, kid, key)).ToArray();
        return new EncodeFigures(
            Median(encode.Skip(warmUp)),
            Median(sign.Skip(warmUp)),
            ratio,
            coses.Average(cose => Hc1.Encode(cose).Length),
            coses.Average(Zlib9Characters));
    }

    static string Encode(Cwt cwt, Kid kid, ECDsa key) => Hc1.Encode(Cose(cwt, kid, key));

    internal static byte[] Cose(Cwt cwt, Kid kid, ECDsa key)
    {
        var toBeSigned = CoseSign1.ToBeSigned(CoseAlgorithm.ES256, kid, CwtWriter.Write(cwt));
        return CoseSign1.Assemble(toBeSigned, key.SignHash(SHA256.HashData(toBeSigned)));
    }

    static double Rate(int start, Func<int, object> work)
    {
        var watch = Stopwatch.GetTimestamp();
        for (var i = 0; i < PerSlice; i++)
        {
            work(start + i);
        }
        return PerSlice / Stopwatch.GetElapsedTime(watch).TotalSeconds;
    }

    internal static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted
        ? sorted[sorted.Count / 2]
        : 0;

    static double Zlib9Characters(byte[] cose)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, new ZLibCompressionOptions { CompressionLevel = 9 }, true))
        {
            zlib.Write(cose);
        }
        return Hc1.Prefix.Length + Base45.EncodedLength((int)compressed.Length);
    }

    internal static Kid KidOf(ECDsa key)
    {
        var request = new CertificateRequest("CN=Bench DSC,C=VN", key, HashAlgorithmName.SHA256);
        var from = DateTimeOffset.UnixEpoch;
        using var certificate = request.CreateSelfSigned(from, from.AddYears(99));
        return Kid.OfDsc(certificate.RawData);
    }

    // Deterministic variety: a hash of the index stands in for chance.
    internal static Cwt SampleCwt(int index)
    {
        var chance = SHA256.HashData(BitConverter.GetBytes(index));
        var family = Pick(FamilyNames, chance[0]);
        var given = $"{Pick(MiddleNames, chance[1])} {Pick(LastNames, chance[2])}";
        var licensed = ValueSets.Products.Where(candidate => candidate.TradeNames.Count > 0).ToList();
        var product = licensed[chance[3] % licensed.Count];
        var dose = 1 + (chance[4] % 3);
        var issuedAt = new DateTimeOffset(2022, 4, 15, 1, 0, 0, TimeSpan.Zero).AddSeconds(index * 37);
        var entry = new VaccinationEntry
        {
            Disease = DccEntry.Covid19,
            Prophylaxis = product.Prophylaxes[0],
            Product = product.Code,
            Holder = product.Holder,
            DoseNumber = dose,
            SeriesDoses = Math.Max(2, dose),
            Date = new DateOnly(2021, 6, 1).AddDays(chance[5]),
            Country = "VN",
            Issuer = "Bộ Y tế",
            CertificateIdentifier = Uvci.Mint(new Slot(index * 7919L), chance.AsSpan(8, Uvci.RandomLength)).ToString(),
        };
        var name = new PersonName(family, given, StandardisedName.Of(family), StandardisedName.Of(given));
        var born = new DateOnly(1930, 1, 1).AddDays(chance[6] * 97);
        var dateOfBirth = born.ToString(chance[7] < 10 ? "yyyy" : "yyyy-MM-dd", null);
        return new Cwt("VN", issuedAt, issuedAt.AddYears(1), new Dcc(Dcc.CurrentVersion, name, dateOfBirth, entry));
    }

    static string Pick(string[] values, byte chance) => values[chance % values.Length];
}

using System.ComponentModel;
using System.Diagnostics;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

/// <summary>
/// The published test data of the EU: every expectation that a file states, one row each. What a key means is said in
/// the repository's README, section "Code Validation". A false expectation means that the step fails.
/// </summary>
public sealed class DgcTestDataTests
{
    /// <summary>Accepted deviations beyond known_issues.csv: file and key, each with its reason.</summary>
    static readonly Dictionary<(string File, string Key), string> Exceptions = new()
    {
        [("common/2DCode/raw/CO20.json", "EXPECTEDVERIFY")] = NoAlgorithm,
        [("RO/2DCode/raw/2.json", "EXPECTEDEXPIRATIONCHECK")] = TwoEntries,
        [("ES/2DCode/raw/1501.json", "EXPECTEDEXPIRATIONCHECK")] = OnTheSecond,
        [("ES/2DCode/raw/1502.json", "EXPECTEDEXPIRATIONCHECK")] = OnTheSecond,
        [("ES/2DCode/raw/1503.json", "EXPECTEDEXPIRATIONCHECK")] = OnTheSecond,
        [("IE/2DCode/Raw/1.json", "EXPECTEDEXPIRATIONCHECK")] = OnTheSecond,
        [("IE/2DCode/Raw/2.json", "EXPECTEDEXPIRATIONCHECK")] = OnTheSecond,
        [("IE/2DCode/Raw/3.json", "EXPECTEDEXPIRATIONCHECK")] = OnTheSecond,
        [("IE/2DCode/Raw/4.json", "EXPECTEDEXPIRATIONCHECK")] = OnTheSecond,
    };

    const string NoAlgorithm =
        "Its algorithm stands in the unprotected header only, where anybody can change it: refused on purpose.";

    const string TwoEntries =
        "Two entries must be refused (known_issues.csv excuses its schema), so its time is never looked at.";

    const string OnTheSecond =
        "The clock stands on the very second of exp. The public runner takes that as valid; RFC 8392 does not.";

    // known_issues.csv names the functions of the public test runner.
    static readonly Dictionary<string, string[]> KeysOfRunner = new()
    {
        ["test_cose_schema"] = ["EXPECTEDSCHEMAVALIDATION", "EXPECTEDVALIDOBJECT"],
        ["test_cose_json"] = ["EXPECTEDDECODE"],
        ["test_cose_cbor"] = ["EXPECTEDDECODE"],
        ["test_cbor_json"] = ["EXPECTEDVALIDJSON"],
        ["test_verification_check"] = ["EXPECTEDVERIFY"],
        ["test_expiration_check"] = ["EXPECTEDEXPIRATIONCHECK"],
        ["test_expected_key_usage"] = ["EXPECTEDKEYUSAGE"],
        ["test_compression"] = ["EXPECTEDCOMPRESSION"],
        ["test_b45decode"] = ["EXPECTEDB45DECODE"],
        ["test_un_prefix"] = ["EXPECTEDUNPREFIX"],
        ["test_picture_decode"] = ["EXPECTEDPICTUREDECODE"],
    };

    // Each answers whether the step succeeds; null when the file lacks what the step needs.
    static readonly Dictionary<string, Func<DgcTestFile, bool?>> Steps = new()
    {
        ["EXPECTEDVALIDOBJECT"] = file => file.Json is { } json ? DccSchema.FaultsOfJson(json).Count == 0 : null,
        ["EXPECTEDENCODE"] = Encodes,
        ["EXPECTEDDECODE"] = Decodes,
        ["EXPECTEDSCHEMAVALIDATION"] = file => DccOf(file) is { } dcc ? DccSchema.Faults(dcc).Count == 0 : null,
        ["EXPECTEDVERIFY"] = Verifies,
        ["EXPECTEDCOMPRESSION"] = Inflates,
        ["EXPECTEDB45DECODE"] = DecodesBase45,
        ["EXPECTEDUNPREFIX"] = LosesPrefix,
        ["EXPECTEDPICTUREDECODE"] = ReadsPicture,
        ["EXPECTEDVALIDJSON"] = GivesJson,
        ["EXPECTEDKEYUSAGE"] = file =>
            file is { Cose: { } cose, Dsc: { } dsc } ? dsc.Allows(Read(cose)!.Dcc.Entry) : null,
        ["EXPECTEDEXPIRATIONCHECK"] = IsInTime,
        // Two slips of the pen of one country, both true: all steps hold, and the check of the time holds.
        ["EXPECTEDRESULTS"] = file => Verifies(file) is not false && GivesJson(file) is not false,
        ["EXPTECTEDEXPIRED"] = IsInTime,
    };

    public static TheoryData<string, string> Expectations()
    {
        var rows = new TheoryData<string, string>();
        foreach (var file in Conformance.Folder is null ? [] : Conformance.Names("dgc-testdata"))
        {
            var data = new DgcTestFile(file);
            foreach (var key in data.ExpectedKeys)
            {
                rows.Add(file, key);
            }
        }
        if (rows.Count == 0)
        {
            rows.Add("", "");
        }
        return rows;
    }

    [ConformanceTheory]
    [MemberData(nameof(Expectations))]
    public void Every_expectation_of_the_published_test_data_is_met(string file, string key)
    {
        var data = new DgcTestFile(file);
        Assert.True(Steps.ContainsKey(key), $"{key} is not known");
        if (Exceptions.ContainsKey((file, key)) || KnownIssues().Contains((data.Country, data.Set, key))
            || KnownIssues().Contains((data.Country, "", key)))
        {
            return;
        }
        if (Steps[key](data) is { } succeeded)
        {
            Assert.Equal(data.Expected(key), succeeded);
        }
    }

    static HashSet<(string Country, string Set, string Key)> KnownIssues() =>
        [.. File.ReadLines(Conformance.PathOf("dgc-testdata", "known_issues.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Where(cells => cells.Length >= 3 && KeysOfRunner.ContainsKey(cells[0]))
            .SelectMany(cells => KeysOfRunner[cells[0]].Select(key => (cells[1], cells[2], key)))];

    static DecodedHcert? Read(byte[] cose) => HcertReader.TryReadCose(cose, out var hcert, out _) ? hcert : null;

    static CborItem? DccOf(DgcTestFile file) =>
        file.Cose is { } cose ? HcertLayers.ReadCose(cose).Dcc : file.Cbor is { } cbor ? DccOfCbor(cbor) : null;

    // The field holds the DCC alone or the claims around it.
    static CborItem? DccOfCbor(byte[] cbor) => !CborTree.TryRead(cbor, out var item, out _)
        ? null
        : item is CborItem.Map claims && claims.TryGet(CwtClaim.Hcert, out var hcert) && hcert is CborItem.Map map
            && map.TryGet(CwtClaim.EuDccV1, out var dcc) ? dcc : item;

    // Writes what the JSON says, when it is a vaccination, and in any case compares JSON and CBOR.
    static bool? Encodes(DgcTestFile file)
    {
        if (file is not { Json: { } json, Cbor: { } cbor })
        {
            return null;
        }
        Assert.True(JsonTree.TryRead(json, out var item, out var fault), fault);
        if (item is CborItem.Map map && DccReader.TryRead(map, out var dcc, out _) && dcc.Entry is VaccinationEntry)
        {
            var written = CwtWriter.Write(new Cwt("VN", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, dcc));
            Assert.True(DccReader.TryRead((CborItem.Map)DccOfCbor(written)!, out var again, out _));
            Assert.Equal(dcc, again);
        }
        return LooseEquality.Same(item, DccOfCbor(cbor));
    }

    static bool? Decodes(DgcTestFile file)
    {
        var dcc = file.Cose is { } cose ? HcertLayers.ReadCose(cose).Dcc : null;
        var fromCbor = file.Cbor is { } cbor ? DccOfCbor(cbor) : null;
        var same = new List<bool>();
        if (file.Json is { } json)
        {
            Assert.True(JsonTree.TryRead(json, out var item, out var fault), fault);
            same.Add(LooseEquality.Same(dcc ?? fromCbor, item));
        }
        if (file is { Cose: not null, Cbor: not null })
        {
            same.Add(LooseEquality.Same(dcc, fromCbor));
        }
        return same.Count == 0 ? null : same.TrueForAll(equal => equal);
    }

    // The signature alone, as the public runner has it: the kid is the DSC's and the claims hold a DCC of any shape.
    static bool? Verifies(DgcTestFile file)
    {
        if (file is not { Cose: { } cose, Dsc: { } dsc })
        {
            return null;
        }
        var layers = HcertLayers.ReadCose(cose);
        return layers is { Dcc: not null, Message: { } message } && message.Kid == dsc.Kid
            && message.Algorithm == dsc.Algorithm && dsc.Verify(message.ToBeSigned, message.Signature);
    }

    static bool? IsInTime(DgcTestFile file) => file is { Cose: { } cose, Dsc: { } dsc, Clock: { } clock }
        ? HcertVerifier.Verify(Hc1.Encode(cose), dsc, clock).Verdict is Verdict.Valid or Verdict.WrongKeyUsage
        : null;

    static bool? Inflates(DgcTestFile file) => file is { Compressed: { } compressed, Cose: { } cose }
        ? Zlib.TryDecompress(compressed, Hc1.MaxInflated, out var inflated, out _) && inflated.SequenceEqual(cose)
        : null;

    static bool? DecodesBase45(DgcTestFile file) => file is { Base45: { } text, Compressed: { } compressed }
        ? Base45.TryDecode(text, out var bytes) && bytes.SequenceEqual(compressed)
        : null;

    static bool? LosesPrefix(DgcTestFile file) =>
        file is { Base45: { } text, Prefixed: { } prefixed } ? prefixed == Hc1.Prefix + text : null;

    static bool? GivesJson(DgcTestFile file)
    {
        if (file is not { Json: { } json, Prefixed: { } prefixed })
        {
            return null;
        }
        Assert.True(JsonTree.TryRead(json, out var item, out var fault), fault);
        return LooseEquality.Same(HcertLayers.Read(prefixed).Dcc, item);
    }

    // Where zbarimg is not installed the step is left out, unless nothing may be.
    static bool? ReadsPicture(DgcTestFile file)
    {
        try
        {
            return file is { Picture: { } picture, Prefixed: { } prefixed } ? Zbar(picture) == prefixed : null;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("ISSUER_NO_SKIP") != "1")
        {
            return null;
        }
    }

    static string Zbar(byte[] picture)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".png");
        File.WriteAllBytes(path, picture);
        try
        {
            using var zbar = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", "-Sbinary", path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var text = zbar.StandardOutput.ReadToEnd();
            zbar.WaitForExit();
            return text;
        }
        finally
        {
            File.Delete(path);
        }
    }
}

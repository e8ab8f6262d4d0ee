using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

/// <summary>One file of dgc-testdata, read as forgivingly as its authors wrote: BOM, line breaks, odd cases.</summary>
sealed class DgcTestFile
{
    static readonly JsonDocumentOptions Forgiving =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    readonly JsonObject root;

    public DgcTestFile(string path)
    {
        Name = path;
        var text = File.ReadAllText(Conformance.PathOf("dgc-testdata", path)).TrimStart('\uFEFF');
        root = JsonNode.Parse(text, documentOptions: Forgiving)!.AsObject();
    }

    public string Name { get; }

    public string Country => Name.Split('/', '\\')[0];

    public string Set => Path.GetFileNameWithoutExtension(Name);

    public IEnumerable<string> ExpectedKeys =>
        (root["EXPECTEDRESULTS"] as JsonObject)?.Where(pair => Expected(pair.Key) is not null).Select(pair => pair.Key)
            ?? [];

    public string? Json => root["JSON"]?.ToJsonString();

    public string? Prefixed => Text("PREFIX");

    public string? Base45 => Text("BASE45");

    public byte[]? Cbor => Hex("CBOR");

    /// <summary>The field, or what the code holds when the field is missing.</summary>
    public byte[]? Cose => Hex("COSE")
        ?? (Prefixed is { } text && Hc1.TryDecode(text, out var cose, out _) ? cose : null);

    public byte[]? Compressed => Hex("COMPRESSED");

    public byte[]? Picture => Text("2DCODE") is { } text ? Convert.FromBase64String(WithoutDataUrl(text)) : null;

    public bool? Expected(string key) => root["EXPECTEDRESULTS"]?[key] is { } value
        ? value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => bool.Parse(value.GetValue<string>()),
            _ => null,
        }
        : null;

    public Dsc? Dsc
    {
        get
        {
            if (Context("CERTIFICATE") is not { } text)
            {
                return null;
            }
            var base64 = string.Concat(text
                .Replace("-----BEGIN CERTIFICATE-----", "", StringComparison.Ordinal)
                .Replace("-----END CERTIFICATE-----", "", StringComparison.Ordinal)
                .Where(character => !char.IsWhiteSpace(character)));
            Assert.True(Issuer.Hcert.Dsc.TryParse(Convert.FromBase64String(base64), out var dsc, out var why), why);
            return dsc;
        }
    }

    /// <summary>The moment to judge at; without an offset, UTC.</summary>
    public DateTimeOffset? Clock => (Context("VALIDATIONCLOCK") ?? Context("validationClockInstant")) is { } text
        ? DateTimeOffset.Parse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;

    string? Context(string key) => root["TESTCTX"]?[key] is JsonValue value && value.TryGetValue(out string? text)
        && !string.IsNullOrWhiteSpace(text) ? text : null;

    string? Text(string key) =>
        root[key] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    byte[]? Hex(string key) => Text(key) is { } hex ? Convert.FromHexString(hex.Trim()) : null;

    static string WithoutDataUrl(string text) => text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..];
}

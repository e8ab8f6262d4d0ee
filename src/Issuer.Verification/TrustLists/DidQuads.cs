using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// The statements of a DID trust list v2 as canonical N-Quads (URDNA2015 over JSON-LD; standards/who-gdhcn-icvp.md
/// A.6). The documents have one shape in which every node has an IRI, so that canonical order is sorting, and no
/// JSON-LD processor is needed. Members that the contexts do not know make no statement: the proof does not cover them,
/// and nobody may believe them. Whatever has another shape is refused.
/// </summary>
static class DidQuads
{
    const string Security = "https://w3id.org/security#";
    const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    const string ValueSets = "https://smart.who.int/trust/ValueSet-";
    const string Contexts = "https://smart.who.int/trust/tng-context/v1";

    /// <summary>The quotation mark and the backslash are refused everywhere.</summary>
    static readonly SearchValues<char> NotInIri = SearchValues.Create("<>{}|^` ");

    static readonly (string Member, string ValueSet)[] Codes =
        [("domain", "Domains"), ("participant", "Participants"), ("keyusage", "KeyUsage")];

    /// <summary>The contexts of the productive network; its two test networks have their own.</summary>
    public static IReadOnlyList<string> Context { get; } = ContextOf("");

    /// <exception cref="FormatException">Not a document of this shape.</exception>
    public static string OfDocument(JsonElement document)
    {
        var network = NetworkOf(document);
        var id = Iri(document, "id");
        var quads = new SortedSet<string>(StringComparer.Ordinal)
        {
            Link(id, "controller", Iri(document, "controller")),
        };
        var entries = new Dictionary<string, string>();
        foreach (var entry in Member(document, "verificationMethod", JsonValueKind.Array).EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.String)
            {
                quads.Add(Link(id, "verificationMethod", Iri(entry.GetString()!)));
                continue;
            }
            var (name, block) = OfEntry(entry, network);
            // Two entries of one name would be one node, and their parts could be exchanged under the same proof.
            if (name == id || (entries.TryGetValue(name, out var other) && other != block))
            {
                throw new FormatException("Two keys have one id.");
            }
            entries[name] = block;
            quads.Add(Link(id, "verificationMethod", name));
            quads.UnionWith(block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n"));
        }
        return string.Concat(quads);
    }

    /// <summary>Of the proof without its <c>jws</c>, the only node without a name.</summary>
    /// <exception cref="FormatException">Not a proof of this shape.</exception>
    public static string OfProof(JsonElement proof)
    {
        const string node = "_:c14n0";
        if (Text(proof, "type") != "JsonWebSignature2020" || Text(proof, "proofPurpose") != "assertionMethod")
        {
            throw new FormatException("A proof of another kind.");
        }
        string[] quads =
        [
            $"{node} <http://purl.org/dc/terms/created> {Literal(Text(proof, "created"))}"
                + "^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n",
            $"{node} <{Rdf}type> <{Security}JsonWebSignature2020> .\n",
            $"{node} <{Security}nonce> {Literal(Text(proof, "nonce"))} .\n",
            $"{node} <{Security}proofPurpose> <{Security}assertionMethod> .\n",
            $"{node} <{Security}verificationMethod> <{Iri(proof, "verificationMethod")}> .\n",
        ];
        return string.Concat(quads.Order(StringComparer.Ordinal));
    }

    static (string Name, string Block) OfEntry(JsonElement entry, string network)
    {
        var name = Iri(entry, "id");
        if (Text(entry, "type") != "JsonWebKey2020")
        {
            throw new FormatException("A key of another kind.");
        }
        var block = new StringBuilder($"<{name}> <{Rdf}type> <{Security}JsonWebKey2020> .\n")
            .Append(Link(name, "controller", Iri(entry, "controller")))
            .Append($"<{name}> <{Security}publicKeyJwk> ")
            .Append(Literal(CanonicalJson(Member(entry, "publicKeyJwk", JsonValueKind.Object))))
            .Append($"^^<{Rdf}JSON> .\n");
        foreach (var (member, valueSet) in Codes.Where(code => entry.TryGetProperty(code.Member, out _)))
        {
            var code = Text(Member(entry, member, JsonValueKind.Object), "code");
            var list = $"{ValueSets}{valueSet}{network}.jsonld";
            var fragment = code.StartsWith('#') ? Iri(code) : throw new FormatException(code);
            block.Append($"<{name}> <{list}> <{list}{fragment}> .\n");
        }
        return (name, block.ToString());
    }

    /// <summary>
    /// The contexts are not covered by the proof, so only those whose meaning is written down here will do.
    /// </summary>
    static string NetworkOf(JsonElement document)
    {
        var context = Member(document, "@context", JsonValueKind.Array).EnumerateArray()
            .Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : "").ToList();
        return Array.Find(["", "-DEV", "-UAT"], network => context.SequenceEqual(ContextOf(network)))
            ?? throw new FormatException("Unknown contexts.");
    }

    static IReadOnlyList<string> ContextOf(string network) =>
    [
        "https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1", $"{Contexts}{network}.jsonld",
    ];

    /// <summary>RFC 8785 for what a JWK holds here: plain texts and arrays of them.</summary>
    static string CanonicalJson(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject()
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"\"{Plain(member.Name)}\":{CanonicalJson(member.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(CanonicalJson)) + "]",
        JsonValueKind.String => $"\"{Plain(value.GetString()!)}\"",
        _ => throw new FormatException("A key holds texts only."),
    };

    static string Link(string subject, string term, string target) => $"<{subject}> <{Security}{term}> <{target}> .\n";

    static string Iri(JsonElement parent, string member) => Iri(Text(parent, member));

    /// <summary>What could end the brackets would make two statements of one.</summary>
    static string Iri(string text) =>
        text.AsSpan().ContainsAny(NotInIri) ? throw new FormatException(text) : Plain(text);

    static string Plain(string text) => text.All(c => c is > '\u001F' and < '\u007F' and not ('"' or '\\'))
        ? text : throw new FormatException("A character that no such document has.");

    static string Literal(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static string Text(JsonElement parent, string member) => Member(parent, member, JsonValueKind.String).GetString()!;

    static JsonElement Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member)
            && member.ValueKind == kind
            ? member : throw new FormatException($"{name} is missing.");
}

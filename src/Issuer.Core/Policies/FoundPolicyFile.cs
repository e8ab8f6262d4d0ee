using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Issuer.Core.Policies;

/// <summary>
/// A policy file of before there were versions, beside the store. They have no kind and no day, capitals do not matter,
/// and what is left out is the program's default.
/// </summary>
/// <param name="Document">What it says, as a document.</param>
/// <param name="Digest">SHA-256 over the file's own bytes.</param>
public sealed record FoundPolicyFile(string Name, PolicyDocument Document, byte[] Digest)
{
    static readonly Dictionary<string, PolicyKind> Kinds = new()
    {
        ["signing-policy.json"] = PolicyKinds.Signing,
        ["validity-policy.json"] = PolicyKinds.Validity,
    };

    static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    public static string NameOf(PolicyKind kind) => Kinds.Single(pair => pair.Value == kind).Key;

    /// <summary>Why a program must not start beside this file; null: it may.</summary>
    public static Rejection? Check(PolicyBook book, string name, byte[] file)
    {
        var latest = book.VersionsOf(Kinds[name])[^1];
        return latest.Origin != PolicyOrigin.Found || SHA256.HashData(file).AsSpan().SequenceEqual(latest.FileDigest)
            ? null
            : new Rejection(
                RejectionKind.Forbidden,
                $"{name} is not the file that this store took note of: put that one back or remove it (its content is "
                    + "kept and holds), and change it with `issuer policy import`, which takes two people");
    }

    /// <summary>Whether nothing in it holds: it is no file that was noted, or an import has taken its place.</summary>
    public static bool IsIdle(PolicyBook book, string name) =>
        book.VersionsOf(Kinds[name])[^1].Origin != PolicyOrigin.Found;

    public static Result<FoundPolicyFile> Read(string name, ReadOnlyMemory<byte> file)
    {
        try
        {
            if (JsonNode.Parse(file.Span, AnyCase) is JsonObject said)
            {
                Complete(said, Kinds[name].Shipped);
                var (document, faults) = PolicyDocument.Read(Encoding.UTF8.GetBytes(said.ToJsonString()));
                return document is not null && document.Kind == Kinds[name]
                    ? new FoundPolicyFile(name, document, SHA256.HashData(file.Span))
                    : Refusal(name, string.Join("; ", faults.Select(fault => fault.ToString()).DefaultIfEmpty(
                        $"kind: must be {Kinds[name].Name}")));
            }
        }
        // A repeated member is an argument's fault to a JsonObject.
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return Refusal(name, "not JSON, or a member appears twice");
        }
        return Refusal(name, "not a JSON object");
    }

    static void Complete(JsonObject said, PolicyDocument shipped)
    {
        foreach (var (member, usual) in JsonNode.Parse(shipped.Text)!.AsObject())
        {
            var value = said.TryGetPropertyValue(member, out var given) ? given : usual;
            // Removed first: it may be spelled with other capitals.
            said.Remove(member);
            said[member] = value?.DeepClone();
        }
    }

    static Rejection Refusal(string name, string why) => new(RejectionKind.Malformed, $"{name}: {why}");
}

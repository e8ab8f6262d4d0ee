using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Issuer.Core.Policies;

/// <summary>
/// A policy as the ministry writes it: a JSON object with <c>kind</c>, <c>validFrom</c> and the members of its kind.
/// All members are required, so that no two programs read it differently; unknown ones are refused.
/// </summary>
public sealed class PolicyDocument
{
    /// <summary>A holiday list of a century fits.</summary>
    public const int Longest = 256 * 1024;

    const int Deepest = 8;
    const string KindMember = "kind";
    const string ValidFromMember = "validFrom";

    readonly object policy;

    PolicyDocument(PolicyKind kind, DateOnly validFrom, object policy, string text)
    {
        Kind = kind;
        ValidFrom = validFrom;
        this.policy = policy;
        Text = text;
        Digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    public PolicyKind Kind { get; }

    /// <summary>From the beginning of this day in Vietnam.</summary>
    public DateOnly ValidFrom { get; }

    /// <summary>Canonical: members in ordinal order, no blanks.</summary>
    public string Text { get; }

    /// <summary>SHA-256 over <see cref="Text"/> in UTF-8.</summary>
    public byte[] Digest { get; }

    /// <summary>The document, or everything that is wrong with it.</summary>
    public static PolicyReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > Longest)
        {
            return new PolicyReading(null, [new PolicyFault("", $"is longer than {Longest} bytes")]);
        }
        var bytes = utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = Deepest });
            return Read(json.RootElement);
        }
        catch (JsonException e)
        {
            return new PolicyReading(
                null, [new PolicyFault("", $"is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}")]);
        }
    }

    /// <summary>What the program or the store vouches for.</summary>
    /// <exception cref="InvalidDataException">
    /// It cannot be read: a newer program wrote it, or somebody else.
    /// </exception>
    public static PolicyDocument Trusted(ReadOnlyMemory<byte> utf8)
    {
        var (document, faults) = Read(utf8);
        return document ?? throw new InvalidDataException(
            $"A policy that was taken over cannot be read: {string.Join("; ", faults)}.");
    }

    /// <summary>What decisions take.</summary>
    public T Of<T>(PolicyKind<T> kind)
        where T : class => kind == Kind
            ? (T)policy
            : throw new ArgumentException($"A {Kind.Name} policy is no {kind.Name} policy.", nameof(kind));

    static PolicyReading Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new PolicyReading(null, [new PolicyFault("", "is not a JSON object")]);
        }
        var faults = new List<PolicyFault>();
        var fields = new PolicyFields(json, "", faults);
        var name = fields[KindMember].Text();
        if (PolicyKinds.Find(name) is not { } kind)
        {
            // Nothing more can be said of members whose kind nobody knows.
            fields.Require(KindMember, faults.Count > 0, $"must be one of {PolicyKinds.Names}");
            return new PolicyReading(null, faults);
        }
        var validFrom = fields[ValidFromMember].Day();
        var policy = kind.Read(fields, validFrom);
        fields.RefuseOthers();
        return faults.Count > 0
            ? new PolicyReading(null, faults)
            : new PolicyReading(new PolicyDocument(kind, validFrom, policy, CanonicalJson.Of(json)), []);
    }
}

/// <param name="Document">Null when there are faults.</param>
public sealed record PolicyReading(PolicyDocument? Document, IReadOnlyList<PolicyFault> Faults)
{
    public Result<PolicyDocument> OrRejection() => Document is { } document
        ? document
        : new Rejection(RejectionKind.Invalid, $"the policy is refused: {string.Join("; ", Faults)}");
}

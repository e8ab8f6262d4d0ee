using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// The list in the shape of the WHO's DID trust list v2, and the anchor's key as the document that its proof names.
/// Coordinates are as RFC 7518 has them (the WHO's own have a sign byte in half of all keys).
/// </summary>
public static class BuildDidDocument
{
    const string KeyType = "JsonWebKey2020";
    const string Domain = "#DCC";
    const string Participant = "#VNM";

    /// <summary>The document with its proof: the one before, as it is, while it says the same.</summary>
    /// <param name="did"><c>did:web:…</c>, where the document is served.</param>
    /// <param name="statement">The signed statement over the same list: as fresh as that is the proof.</param>
    /// <param name="previous">The document before; null: none.</param>
    public static byte[] List(
        string did, TrustListContent content, IAnchorSigner anchor, string statement, byte[]? previous)
    {
        var proof = new DidDocumentProof(
            "JsonWebSignature2020", ListStatement.Unverified(statement)!.Issued, NonceOf(statement), "assertionMethod",
            AnchorDid(did));
        var document = new DidDocument(
            DidQuads.Context, did, did, [.. ListedKey.Of(content).Select(one => new DidKey(
                $"{did}#{one.Key.Kid}", KeyType, did, one.Key, new DidCode(Domain), new DidCode(Participant),
                new DidCode(one.IsCsca ? "#CSCA" : "#DSC")))],
            proof);
        if (previous is not null && JwsIn(previous, anchor) is { } kept
            && Bytes(document with { Proof = proof with { Jws = kept } }) is var same
            && same.AsSpan().SequenceEqual(previous))
        {
            return same;
        }
        using var unsigned = JsonDocument.Parse(Bytes(document));
        return Bytes(document with { Proof = proof with { Jws = DidProof.Sign(unsigned.RootElement, anchor) } });
    }

    /// <summary>Where the proof says its key is; believe it only from a second source.</summary>
    public static byte[] Anchor(string did, IAnchorSigner anchor) => Bytes(new DidDocument(
        [.. DidQuads.Context.SkipLast(1)], AnchorDid(did), AnchorDid(did),
        [new DidKey(AnchorDid(did), KeyType, AnchorDid(did), Jwk.Of(anchor.Certificate, kid: null, chain: null))]));

    static string AnchorDid(string did) => $"{did}:trust-anchor";

    /// <summary>32 characters, a new one for each statement; nothing hangs on its being random.</summary>
    static string NonceOf(string statement) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(statement)).AsSpan(0, 24));

    static string? JwsIn(byte[] json, IAnchorSigner anchor)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return DidProof.Verifies(document.RootElement, anchor.Certificate.PublicKey)
                ? document.RootElement.GetProperty("proof").GetProperty("jws").GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static byte[] Bytes(DidDocument document) =>
        JsonSerializer.SerializeToUtf8Bytes(document, PublishedJson.WithoutNulls.DidDocument);
}

sealed record DidDocument(
    [property: JsonPropertyName("@context")] IReadOnlyList<string> Context, string Id, string Controller,
    IReadOnlyList<DidKey> VerificationMethod, DidDocumentProof? Proof = null);

sealed record DidKey(
    string Id, string Type, string Controller, Jwk PublicKeyJwk, DidCode? Domain = null, DidCode? Participant = null,
    [property: JsonPropertyName("keyusage")] DidCode? KeyUsage = null);

sealed record DidCode([property: JsonPropertyName("code")] string Value);

sealed record DidDocumentProof(
    string Type, DateTime Created, string Nonce, string ProofPurpose, string VerificationMethod,
    string? Jws = null);

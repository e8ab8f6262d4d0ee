namespace Issuer.Core;

/// <summary>A request that may be sent twice: who sent it, where to, under which key, and what it said.</summary>
/// <param name="Digest">SHA-256 of the request; the body itself is not kept.</param>
public sealed record RequestKey(string Caller, string Route, string Key, byte[] Digest);

/// <summary>What came under a key before.</summary>
/// <param name="Id">Of what it made.</param>
/// <param name="IsSame">False: the same key, but another request.</param>
public sealed record EarlierRequest(long Id, bool IsSame);

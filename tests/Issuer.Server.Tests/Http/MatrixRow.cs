using System.Net;

namespace Issuer.Server.Tests.Http;

/// <summary>A row of the table: who may, and what somebody gets who is not the owner.</summary>
/// <param name="Roles">None: everybody, without a token.</param>
/// <param name="Path">With the opaque ids in place of <c>{record}</c> and <c>{certificate}</c>.</param>
/// <param name="Body">Null: none. What is sent by the owner.</param>
/// <param name="Others">
/// The status for the right role of another facility or person; with 200, none of the owner's ids may be in the answer.
/// Null: nobody owns it.
/// </param>
public sealed record MatrixRow(
    string Endpoint, string[] Roles, string Path, string? Body, HttpStatusCode? Others);

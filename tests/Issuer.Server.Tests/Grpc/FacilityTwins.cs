using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Grpc;

/// <summary>What both sides of a comparison between gRPC and REST need.</summary>
public abstract class FacilityTwins : OwnService
{
    private protected static Task<JsonElement> SwappedAsync(HttpClient clerk, string reference)
    {
        var swapped = Person.Hoa.Dose(reference, 1, "2026-09-01");
        swapped["date_of_birth"] = "1985-12-03";
        return clerk.SubmitAsync(swapped);
    }

    /// <summary>Every member of the JSON in the field of the same name; what JSON says is null, is empty.</summary>
    private protected static void AssertSame(JsonElement json, IMessage message)
    {
        var said = JsonDocument.Parse(new JsonFormatter(
            JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatDefaultValues(true))
            .Format(message)).RootElement;
        Assert.Equal(
            json.EnumerateObject().Select(m => (m.Name, TextOf(m.Value))).Order(),
            said.EnumerateObject().Select(m => (m.Name, TextOf(m.Value))).Order());
    }

    /// <summary>A 64-bit number is text in protobuf's JSON.</summary>
    static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object => string.Join(
            ';', value.EnumerateObject().OrderBy(member => member.Name).Select(m => $"{m.Name}={TextOf(m.Value)}")),
        JsonValueKind.Array => new StringBuilder().AppendJoin(',', value.EnumerateArray().Select(TextOf)).ToString(),
        _ => value.GetRawText(),
    };

    private protected GrpcClient Clerk() => service.Grpc(
        service.Token(Roles.FacilityClerk, ("sub", "clerk"), ("facility", RunningService.Facility)));

    private protected string SignatoryToken(DateTimeOffset authenticated) => service.Token(
        Roles.FacilitySignatory, ("sub", "signatory"), ("facility", RunningService.Facility),
        ("auth_time", authenticated.ToUnixTimeSeconds()));
}

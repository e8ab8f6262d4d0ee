using System.Collections.Concurrent;
using Issuer.Core;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.Publication;

namespace Issuer.Server.Edge.Rest.Publication;

/// <summary>
/// The publication as it lies on disk: the manifest, the lists it names and the bundle. A request never signs and never
/// asks the store; nginx can serve the same folder alone.
/// </summary>
static class PublicationEndpoints
{
    public static void MapPublication(this IEndpointRouteBuilder routes)
    {
        var data = routes.ServiceProvider.GetRequiredService<DataFolder>();
        var files = new PublishedFolder(data.Published);
        var lists = routes.MapGroup("/v1").WithTags("Publication").AsPublished();
        lists.MapGet("/manifest.jws", (HttpContext http) => files.Answer(http, Manifest.Path))
            .WithSummary("What is published, signed by the anchor: every file with its size and SHA-256")
            .Produces<string>(StatusCodes.Status200OK, "application/jose")
            .Produces(StatusCodes.Status304NotModified).Refuses(503);
        lists.MapGet("/bundle.bin", (HttpContext http) => files.Answer(http, Bundle.Path))
            .WithSummary("All that an offline verifier needs, in one signed file")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .Produces(StatusCodes.Status304NotModified).Refuses(503);
        lists.MapGet("/value-sets.json", (HttpContext http) => files.Answer(http, "value-sets.json"))
            .WithSummary("Which vaccine codes go together, and their names")
            .Produces<string>(StatusCodes.Status200OK, "application/json")
            .Produces(StatusCodes.Status304NotModified).Refuses(503);
        lists.MapGet("/revocation/{**path}",
                (HttpContext http, string? path) => files.Answer(http, $"revocation/{path}"))
            .WithSummary("Compact lists and gateway batches, by the paths of the manifest; none of them ever changes")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .Produces(StatusCodes.Status304NotModified).Refuses(404);
    }
}

/// <summary>Files below one folder, held in memory while they are asked for.</summary>
sealed class PublishedFolder(string directory)
{
    /// <summary>Of everything held. Each round brings a full list, and nobody asks for those of last month.</summary>
    const long MostBytesHeld = 128 * 1024 * 1024;

    readonly ConcurrentDictionary<string, ServedFile> held = new();

    long bytesHeld;

    public IResult Answer(HttpContext http, string path)
    {
        if (!ManifestFile.IsSound(path) || path.EndsWith(FileWriter.Temporary, StringComparison.Ordinal))
        {
            return NotThere;
        }
        var isImmutable = path.StartsWith("revocation/", StringComparison.Ordinal);
        var known = held.TryGetValue(path, out var served);
        served ??= new ServedFile(Path.Combine(directory, path), TypeOf(path), isImmutable);
        var answer = served.AnswerOrNull(http);
        if (!known && answer is not null)
        {
            Hold(path, served);
        }
        return answer ?? (isImmutable ? NotThere : Problem.Of(ServedFile.NothingYet));
    }

    /// <summary>When it is too much, all of it goes: what is asked for comes back from disk.</summary>
    void Hold(string path, ServedFile served)
    {
        if (Interlocked.Add(ref bytesHeld, served.BytesHeld) > MostBytesHeld)
        {
            held.Clear();
            Interlocked.Exchange(ref bytesHeld, served.BytesHeld);
        }
        held.TryAdd(path, served);
    }

    static IResult NotThere => Problem.Of(new Rejection(RejectionKind.NotFound, "no file of this name is published"));

    static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".json" => "application/json",
        ".jws" => "application/jose",
        ".cms" => "application/cms",
        ".cose" => "application/cose",
        _ => "application/octet-stream",
    };
}

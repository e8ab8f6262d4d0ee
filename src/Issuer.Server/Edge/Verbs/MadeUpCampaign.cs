using System.Text.Json;
using Issuer.Core;
using Issuer.Samples;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Verbs;

/// <summary>
/// The made-up campaign of a demo, kept beside its results: a run that was killed goes on with the same files, also on
/// another day.
/// </summary>
static class MadeUpCampaign
{
    const string Marker = "made-up.json";

    public static string Ensure(string output, int people, int seed, DateOnly today)
    {
        var directory = Path.Combine(output, "campaign");
        var marker = Path.Combine(directory, Marker);
        var wanted = JsonSerializer.Serialize(new { people, seed });
        if (File.Exists(marker))
        {
            return File.ReadAllText(marker) == wanted
                ? directory
                : throw new RefusedException(new Rejection(RejectionKind.Conflict,
                    $"{directory} holds another made-up campaign; use another --out"));
        }
        SampleCampaign.Write(directory, people, seed, SampleCampaign.EndFor(today));
        // Whole or not at all: a kill that left an empty marker would lock the directory for ever.
        File.WriteAllText(marker + ".part", wanted);
        File.Move(marker + ".part", marker, overwrite: true);
        return directory;
    }
}

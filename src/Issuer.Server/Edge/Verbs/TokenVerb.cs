using System.CommandLine;
using Issuer.Core;
using Issuer.Server.Edge.Access;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;
using Issuer.Storage.Schema;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer token</c>: a development token, signed with the throw-away key.</summary>
static class TokenVerb
{
    const int LongestMinutes = 366 * 24 * 60;

    public static Command Create()
    {
        var roles = new Option<string[]>("--role")
        {
            Description = $"One of {string.Join(", ", Roles.All)}", HelpName = "R", Required = true,
        };
        roles.AcceptOnlyFromAmong([.. Roles.All]);
        var subject = new Option<string>("--sub") { Description = "Who", DefaultValueFactory = _ => "developer" };
        var actor = new Option<string?>("--act-sub") { Description = "The app that acts for the citizen" };
        var dependants = new Option<string[]>("--dependant")
        {
            Description = "A child whose codes the citizen may fetch: CCCD, BIRTH or PASSPORT, a colon, and the "
                + "number; may be repeated",
            HelpName = "TYPE:NUMBER",
        };
        var minutes = new Option<int>("--minutes")
        {
            Description = "How long it lives", DefaultValueFactory = _ => 60,
            CustomParser = Whole.From(1, LongestMinutes),
        };
        var claims = new[] { ClaimNames.Facility, ClaimNames.Province, ClaimNames.Commune, ClaimNames.IdentityNumber }
            .ToDictionary(name => name, name => new Option<string?>($"--{name.Replace('_', '-')}"));
        var options = new StoreOptions();
        var command = new Command("token", "Print a development token; refused outside Development")
        {
            roles, subject, actor, dependants, minutes, options.Data, options.Now, options.Json,
        };
        foreach (var claim in claims.Values)
        {
            command.Options.Add(claim);
        }
        return command.Runs(async (parsed, cancel) =>
        {
            await using var issuer = await Verb.OpenAsync(
                options.Read(parsed) with { MustExist = true, Use = StoreUse.Read }, cancel);
            var now = issuer.Get<NationalClock>().Now;
            if (!issuer.Get<StoreEnvironment>().IsDevelopment)
            {
                throw new RefusedException(
                    new Rejection(RejectionKind.Forbidden, "development tokens are for Development only"));
            }
            var content = claims
                .Select(pair => (pair.Key, Value: parsed.GetValue(pair.Value)))
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => (object)pair.Value!);
            content[ClaimNames.Subject] = parsed.GetValue(subject)!;
            content[ClaimNames.Roles] = parsed.GetRequiredValue(roles);
            content[ClaimNames.AuthTime] = now.ToUnixTimeSeconds();
            if (parsed.GetValue(actor) is { } app)
            {
                content[ClaimNames.Act] = new Dictionary<string, object> { [ClaimNames.Subject] = app };
            }
            if (parsed.GetValue(dependants) is { Length: > 0 } children)
            {
                content[ClaimNames.Dependants] = children.Select(child => child.Split(':', 2))
                    .Select(parts => new Dictionary<string, object> { ["type"] = parts[0], ["number"] = parts[^1] })
                    .ToArray();
            }
            foreach (var role in parsed.GetRequiredValue(roles))
            {
                if (NeededBy(role) is { } claim && !content.ContainsKey(claim))
                {
                    Screen.Warn($"{role} without --{claim.Replace('_', '-')} is refused nearly everywhere");
                }
            }
            var lifetime = TimeSpan.FromMinutes(parsed.GetValue(minutes));
            var token = DevelopmentToken.Sign(issuer.Get<KeyFiles>(), content, now, lifetime);
            if (parsed.GetValue(options.Json))
            {
                Console.WriteLine(JsonLine.Of(new { token, expiresAt = now + lifetime }));
            }
            else
            {
                Console.WriteLine(token);
            }
            return Verb.Done;
        });
    }

    /// <summary>The claim that says whose records a role is about; null: all, or nobody's.</summary>
    static string? NeededBy(string role) => role switch
    {
        Roles.FacilityClerk or Roles.FacilitySignatory => ClaimNames.Facility,
        Roles.Commune => ClaimNames.Commune,
        Roles.Province => ClaimNames.Province,
        Roles.Citizen or Roles.App => ClaimNames.IdentityNumber,
        _ => null,
    };
}

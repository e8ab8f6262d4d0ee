using System.CommandLine;
using Issuer.Core;
using Issuer.Server.Access;
using Issuer.Server.Hosting;

namespace Issuer.Server.Verbs;

/// <summary><c>issuer token</c>: a development token, signed with the throw-away key.</summary>
static class TokenVerb
{
    public static Command Create()
    {
        var roles = new Option<string[]>("--role")
        {
            Description = $"One of {string.Join(", ", Roles.All)}", HelpName = "R", Required = true,
        };
        roles.AcceptOnlyFromAmong([.. Roles.All]);
        var subject = new Option<string>("--sub") { Description = "Who", DefaultValueFactory = _ => "developer" };
        var actor = new Option<string?>("--act-sub") { Description = "The app that acts for the citizen" };
        var minutes = new Option<int>("--minutes") { Description = "How long it lives", DefaultValueFactory = _ => 60 };
        var claims = new[] { ClaimNames.Facility, ClaimNames.Province, ClaimNames.Commune, ClaimNames.IdentityNumber }
            .ToDictionary(name => name, name => new Option<string?>($"--{name.Replace('_', '-')}"));
        var options = new StoreOptions();
        var command = new Command("token", "Print a development token; refused outside Development")
        {
            roles, subject, actor, minutes, options.Data, options.Now,
        };
        foreach (var claim in claims.Values)
        {
            command.Options.Add(claim);
        }
        return command.Runs(async (parsed, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(options.Read(parsed) with { MustExist = true }, cancel);
            if (!place.IsDevelopment)
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
            content[ClaimNames.AuthTime] = place.Now.ToUnixTimeSeconds();
            if (parsed.GetValue(actor) is { } app)
            {
                content[ClaimNames.Act] = new Dictionary<string, object> { [ClaimNames.Subject] = app };
            }
            Console.WriteLine(
                DevelopmentToken.Sign(content, place.Now, TimeSpan.FromMinutes(parsed.GetValue(minutes))));
            return Verb.Done;
        });
    }
}

using System.CommandLine;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;

namespace Issuer.Server.Edge.Verbs;

/// <summary>
/// <c>issuer authority show|change|sign|apply</c>: the identity provider that a store is bound to. Two people change it
/// with tokens of the old one; when that one is gone, the anchor's signature does.
/// </summary>
static class AuthorityVerb
{
    public static Command Create() => new("authority", "The identity provider whose tokens this store takes")
    {
        Show(), Change(), Sign(), Apply(),
    };

    static Command Show() => new Command("show", "Which identity provider the store is bound to")
        .OnStore(null, writes: false, async (IAuthorityStore store, Screen screen, CancellationToken cancel) =>
        {
            var bound = await store.ReadAsync(cancel);
            screen.Finish(
                new
                {
                    bound?.Authority.Issuer, bound?.Authority.Audience, bound?.Authority.PersonClaim, bound?.Anchor,
                    binding = bound?.Digest,
                },
                bound is null
                    ? [("bound to", "none yet: outside Development the first start binds it")]
                    : [
                        ("bound to", bound.Authority), ("binding", bound.Digest),
                        ("anchor sha256", bound.Anchor ?? "none yet"),
                    ]);
            return Verb.Done;
        });

    static Command Change()
    {
        var named = new NamedAuthority();
        var anchor = new Option<FileInfo?>("--anchor")
        {
            Description = "anchor.pem of the anchor that may change it from then on; default: the one that is kept",
            HelpName = "FILE",
        };
        var command = new Command("change", "Ask to bind the store to another one; a second person approves")
        {
            anchor,
        };
        named.AddTo(command);
        return command.OnStoreAs("authority", async (
            ParseResult parsed, NationalClock clock, StoreEnvironment environment, TwoPersonActs acts, PathIds ids,
            Person person, Screen screen, CancellationToken cancel) =>
        {
            var next = parsed.GetValue(anchor) is { } file
                ? await AnchorFile.DigestAsync(file, cancel)
                : null;
            await RevocationsVerb.RequestAsync(
                new ChangeAuthority(named.Read(parsed), next, named.Because(parsed)), clock, environment, acts, ids,
                person, screen, cancel);
            return Verb.Done;
        });
    }

    static Command Sign()
    {
        var named = new NamedAuthority();
        var replaces = new Option<string>("--replaces")
        {
            Description = "The binding that ends, as `authority show` prints it", HelpName = "SHA256", Required = true,
        };
        var keys = new Option<DirectoryInfo>("--keys")
        {
            Description = "Directory with anchor.key and anchor.pem", HelpName = "DIR", Required = true,
        };
        var output = new Option<FileInfo>("--out")
        {
            Description = "File for the statement", HelpName = "FILE", Required = true,
        };
        var options = new StoreOptions();
        var command = new Command("sign", "Where the trust anchor is: sign that a store gets another one")
        {
            replaces, keys, output, options.Json,
        };
        named.AddTo(command);
        return command.Runs(async (parsed, cancel) =>
        {
            var files = new KeyFiles(parsed.GetRequiredValue(keys).FullName, development: false);
            using var anchor = files.ReadAnchor(files.ReadKey(KeyFiles.AnchorName));
            var statement = new AuthorityStatement(
                parsed.GetRequiredValue(replaces).Trim(), named.Read(parsed), named.Because(parsed));
            var path = parsed.GetRequiredValue(output).FullName;
            await File.WriteAllTextAsync(path, statement.Sign(anchor), cancel);
            new Screen(parsed.GetValue(options.Json)).Finish(
                new { statement = path }, ("statement", path), ("next", $"issuer authority apply {path}"));
            return Verb.Done;
        });
    }

    /// <summary>Without a token: nobody can get one.</summary>
    static Command Apply()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "As `authority sign` wrote it" };
        return new Command("apply", "Bind the store as the trust anchor says") { file }
            .OnStore(null, writes: true, async (
                ParseResult parsed, BindAuthority binding, NationalClock clock, IAuthorityStore store, Screen screen,
                CancellationToken cancel) =>
            {
                var statement = await AnchorFile.TextAsync(parsed.GetRequiredValue(file), cancel);
                RefusedException.ThrowIf(await binding.ApplyAsync(statement, clock.Act("trust-anchor"), cancel));
                var bound = (await store.ReadAsync(cancel))!;
                screen.Finish(
                    new { bound.Authority.Issuer, bound.Authority.Audience, bound.Authority.PersonClaim },
                    ("bound to", bound.Authority));
                return Verb.Done;
            });
    }

    /// <summary>An authority on the command line, and why it is to be another.</summary>
    sealed class NamedAuthority
    {
        readonly Option<string> issuer = new("--issuer")
        {
            Description = "https address of the new OIDC issuer", HelpName = "URL", Required = true,
        };

        readonly Option<string> audience = new("--audience")
        {
            Description = "As Auth__Audience", DefaultValueFactory = _ => TokenRules.Audience,
        };

        readonly Option<string?> personClaim = new("--person-claim")
        {
            Description = "As Auth__PersonClaim; default: sub says it", HelpName = "CLAIM",
        };

        readonly Option<string> because = new("--because")
        {
            Description = "For the second person and the auditor", Required = true,
        };

        public void AddTo(Command command)
        {
            command.Options.Add(issuer);
            command.Options.Add(audience);
            command.Options.Add(personClaim);
            command.Options.Add(because);
            command.Validators.Add(result =>
            {
                if (result.GetValue(issuer) is { } address && !Authority.IsAddress(address))
                {
                    result.AddError($"--issuer: '{address}' is not an https address such as https://id.example");
                }
            });
        }

        public Authority Read(ParseResult parsed) => new(
            parsed.GetRequiredValue(issuer), parsed.GetValue(audience)!, parsed.GetValue(personClaim));

        public string Because(ParseResult parsed) => parsed.GetRequiredValue(because);
    }
}

/// <summary>What the trust anchor's keepers hand over.</summary>
static class AnchorFile
{
    public static async Task<string> TextAsync(FileInfo file, CancellationToken cancel)
    {
        await using var stream = FileFault.OpenRead(file.FullName);
        return (await Bounded.ReadTextAsync(stream, cancel)).Trim();
    }

    public static async Task<string> DigestAsync(FileInfo file, CancellationToken cancel) =>
        Core.Pki.TrustAnchor.DerOf(await Bounded.FetchAsync(file.FullName, cancel)) is { } der
            ? AuthorityStatement.AnchorOf(der.Span)
            : throw new RefusedException(new Rejection(RejectionKind.Malformed, $"{file} is not a certificate"));
}

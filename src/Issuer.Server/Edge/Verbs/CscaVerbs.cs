using System.CommandLine;
using Issuer.Core.Pki;
using Issuer.Storage.Pki;

namespace Issuer.Server.Edge.Verbs;

/// <summary>
/// <c>issuer csca create</c> and <c>issuer anchor create</c>: ceremonies on a machine apart, without a store.
/// </summary>
static class CscaVerbs
{
    public static Command Csca() => new("csca", "The country signing CA: its key never comes near the service")
    {
        Ceremony("csca", "Make a CSCA: csca.key and csca.pem",
            (name, key, now) => CreateCsca.SelfSigned(name, key, now).Der.ToArray()),
    };

    public static Command Anchor() => new("anchor", "The trust anchor: its key signs all publications")
    {
        Ceremony("anchor", "Make a trust anchor: anchor.key and anchor.pem, for DATA/keys",
            (name, key, now) => TrustAnchor.SelfSigned(name.Country, name.Organisation, key, now).Der.ToArray()),
    };

    static Command Ceremony(
        string file, string description, Func<X509Name, SigningKey, DateTimeOffset, byte[]> certify)
    {
        var output = new Option<DirectoryInfo>("--out")
        {
            Description = "Directory for the files", HelpName = "DIR", Required = true,
        };
        var name = new NameOptions($"Issuer {file.ToUpperInvariant()}");
        var rsa = new Option<bool>("--rsa") { Description = "RSA-3072 instead of P-256" };
        var options = new StoreOptions();
        var command = new Command("create", description) { output, rsa, options.Json };
        name.AddTo(command);
        return command.Runs((parsed, _) =>
        {
            var directory = parsed.GetRequiredValue(output).FullName;
            var files = new KeyFiles(directory, development: false);
            using var key = SigningKey.Create(parsed.GetValue(rsa) ? KeyKind.Rsa3072 : KeyKind.P256);
            // The key first: a certificate without its key is of no use, the other way round is.
            files.AddKey(file, key);
            files.AddCertificate(file, certify(name.Read(parsed), key, TimeProvider.System.GetUtcNow()));
            var path = Path.Combine(directory, file);
            new Screen(parsed.GetValue(options.Json)).Finish(
                new { key = $"{path}.key", certificate = $"{path}.pem" },
                ("key", $"{path}.key"), ("certificate", $"{path}.pem"));
            return Task.FromResult(Verb.Done);
        });
    }
}

/// <summary>The subject of an X.509 certificate on the command line.</summary>
sealed class NameOptions(string commonName)
{
    readonly Option<string> country = new("--country")
    {
        Description = "ISO 3166-1 alpha-2", DefaultValueFactory = _ => "VN",
    };

    readonly Option<string> organisation = new("--organisation")
    {
        Description = "O of the subject", DefaultValueFactory = _ => "Bộ Y tế",
    };

    readonly Option<string> name = new("--name")
    {
        Description = "CN of the subject", HelpName = "CN", DefaultValueFactory = _ => commonName,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(country);
        command.Options.Add(organisation);
        command.Options.Add(name);
    }

    public X509Name Read(ParseResult parsed) =>
        new(parsed.GetValue(country)!, parsed.GetValue(organisation)!, parsed.GetValue(name)!);
}

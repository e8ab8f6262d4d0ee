using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Pki;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer dsc request|issue|import|list|withdraw</c>: a DSC from our CSCA or from an outside CA.</summary>
static class DscVerbs
{
    public static Command Create() => new("dsc", "Document signer certificates: request, issue, import, list, withdraw")
    {
        Request(), Issue(), Import(), List(), Withdraw(),
    };

    /// <summary>The key is made where it will be used and stays there.</summary>
    static Command Request()
    {
        var kind = new Option<KeyKind>("--key")
        {
            Description = "P256, Rsa2048 or Rsa3072", DefaultValueFactory = _ => KeyKind.P256,
        };
        var output = new Option<FileInfo>("--out")
        {
            Description = "Where the PKCS#10 request goes", HelpName = "FILE.csr", Required = true,
        };
        var name = new NameOptions("Issuer DSC");
        var command = new Command("request", "Make a key in the store's key files, and a request for it")
        {
            kind, output,
        };
        name.AddTo(command);
        return command.OnStore(Roles.MinistrySecurity, writes: true, async (
            ParseResult parsed, KeyFiles keys, Screen screen, CancellationToken cancel) =>
        {
            using var key = SigningKey.Create(parsed.GetValue(kind));
            var keyName = $"dsc-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
            keys.AddKey(keyName, key);
            var request = PemEncoding.WriteString("CERTIFICATE REQUEST", RequestDsc.For(name.Read(parsed), key));
            var path = parsed.GetRequiredValue(output).FullName;
            await File.WriteAllTextAsync(path, request + "\n", cancel);
            screen.Finish(new { key = keyName, request = path }, ("key", keyName), ("request", path));
            return Verb.Done;
        }, mayBegin: true);
    }

    /// <summary>At the ceremony, with the CSCA's key at hand and no store.</summary>
    static Command Issue()
    {
        var request = new Option<FileInfo>("--request")
        {
            Description = "The PKCS#10 request", HelpName = "FILE.csr", Required = true,
        };
        var csca = new Option<DirectoryInfo>("--csca")
        {
            Description = "Directory with csca.key and csca.pem", HelpName = "DIR", Required = true,
        };
        var years = new Option<int>("--years")
        {
            Description = "How long the DSC is valid", DefaultValueFactory = _ => IssueDsc.DefaultYears,
            CustomParser = Whole.From(1, 10),
        };
        var output = new Option<FileInfo>("--out")
        {
            Description = "Where the DSC goes", HelpName = "FILE.pem", Required = true,
        };
        var options = new StoreOptions();
        return new Command("issue", "Sign a request with the CSCA") { request, csca, years, output, options.Json }
            .Runs(async (parsed, cancel) =>
            {
                var files = new KeyFiles(parsed.GetRequiredValue(csca).FullName, development: false);
                using var issuer = new Csca(files.ReadCertificate("csca"));
                using var key = files.ReadKey("csca");
                var now = TimeProvider.System.GetUtcNow();
                var asked = await File.ReadAllBytesAsync(parsed.GetRequiredValue(request).FullName, cancel);
                var der = OrRefuse(IssueDsc.From(
                    DerOf(asked), issuer, key, now, now.AddYears(parsed.GetValue(years)), new HashSet<Kid>()));
                var path = parsed.GetRequiredValue(output).FullName;
                await File.WriteAllTextAsync(path, PemEncoding.WriteString("CERTIFICATE", der) + "\n", cancel);
                var kid = Kid.OfDsc(der).ToString();
                new Screen(parsed.GetValue(options.Json)).Finish(new { kid, dsc = path }, ("kid", kid), ("DSC", path));
                return Verb.Done;
            });
    }

    static Command Import()
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "The DSC as PEM or DER, or a PKCS#12 file with its key",
        };
        var keyName = new Option<string?>("--key")
        {
            Description = "The name that `dsc request` printed", HelpName = "NAME",
        };
        var password = new Option<string?>("--password-file")
        {
            Description = "First line: the password of the PKCS#12 file", HelpName = "FILE",
        };
        var facility = new Option<string?>("--facility")
        {
            Description = "The facility whose DSC this is (default the ministry's)", HelpName = "CODE",
        };
        var csca = new Option<FileInfo?>("--csca")
        {
            Description = "Our CSCA's certificate, listed with it", HelpName = "FILE.pem",
        };
        var issuer = new Option<FileInfo?>("--issuer")
        {
            Description = "The outside CA's certificate", HelpName = "FILE.pem",
        };
        var command = new Command("import", "Take a DSC into use") { file, keyName, password, facility, csca, issuer };
        command.Validators.Add(result =>
        {
            if (result.GetValue(keyName) is null && result.GetValue(password) is null)
            {
                result.AddError("Give --key NAME, as `dsc request` printed it, or --password-file for a PKCS#12 file");
            }
        });
        return command.OnStore(Roles.MinistrySecurity, writes: true, async (
            ParseResult parsed, NationalClock clock, PoliciesNow policies, KeyFiles keys, PkiStore pki, Screen screen,
            CancellationToken cancel) =>
            {
                var content = await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, cancel);
                var name = parsed.GetValue(keyName) ?? $"dsc-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
                using var key = parsed.GetValue(password) is { } secret
                    ? FromPkcs12(ref content, (await File.ReadAllLinesAsync(secret, cancel)).FirstOrDefault(""))
                    : keys.ReadKey(name);
                using var own = parsed.GetValue(csca) is { } path
                    ? new Csca(await File.ReadAllBytesAsync(path.FullName, cancel))
                    : null;
                var outside = parsed.GetValue(issuer) is { } ca
                    ? await File.ReadAllBytesAsync(ca.FullName, cancel)
                    : null;
                var taken = (await pki.DscsAsync(cancel)).Select(d => d.Kid).ToHashSet();
                var der = OrRefuse(ImportDsc.From(
                    content, key, policies.Certification.Country, clock.Now, taken, own?.Der.ToArray() ?? outside));
                keys.AddKey(name, key);
                var dsc = new OwnDsc(der, name, parsed.GetValue(facility));
                await pki.AddAsync(own is null ? [] : [own], cancel);
                await pki.AddAsync([dsc], cancel);
                screen.Finish(
                    Describe(dsc), ("kid", dsc.Kid), ("subject", dsc.Subject), ("until", $"{dsc.NotAfter:u}"));
                return Verb.Done;
            }, mayBegin: true);
    }

    static Command List() => new Command("list", "List our DSCs and the one that signs now")
        .OnStore(null, writes: false, async (
            NationalClock clock, PoliciesNow policies, PkiStore pki, Screen screen, CancellationToken cancel) =>
        {
            var dscs = await pki.DscsAsync(cancel);
            var choice = ChooseDsc.For(dscs, null, clock.Now, policies.Validity.ExpiryOf(clock.Now));
            var (signing, why) = (choice.Value?.Dsc.Kid.ToString(), choice.Rejection?.Detail);
            screen.Finish(
                new { dscs = dscs.Select(Describe), signing, why, runsOut = choice.Value?.RunsOut ?? true },
                [
                    .. dscs.Select(d => (d.Kid.ToString(),
                        (object?)($"{d.Algorithm} {d.Facility ?? "ministry"} {d.NotBefore:yyyy-MM-dd}"
                        + $"–{d.NotAfter:yyyy-MM-dd}"
                        + (d.Withdrawn ? " withdrawn" : "")))),
                    ("signs now", signing ?? why),
                ]);
            if (choice.Value is { RunsOut: true } last)
            {
                Screen.Warn($"in {last.Remaining.Days} days no DSC outlives a new certificate: request the next one");
            }
            return Verb.Done;
        });

    /// <summary>Two people: it takes validity from everything the DSC signed.</summary>
    static Command Withdraw()
    {
        var kid = new Argument<string>("KID") { Description = "As `dsc list` prints it" };
        var because = new Option<string>("--because")
        {
            Description = "For the second person and the auditor", Required = true,
        };
        return new Command("withdraw", "Ask to remove a DSC from the trust list; holders get successors")
        {
            kid, because,
        }
            .OnStoreAs("dsc-withdraw", async (
                ParseResult parsed, NationalClock clock, StoreEnvironment environment, TwoPersonActs acts,
                PathIds ids, JobLocks locks, BulkRound bulk, Person person, Screen screen, CancellationToken cancel) =>
            {
                await RevocationsVerb.RequestAsync(
                    new WithdrawDsc(parsed.GetRequiredValue(kid), parsed.GetRequiredValue(because)), clock,
                    environment, acts, ids, person, screen, cancel);
                if (environment.IsDevelopment)
                {
                    await using var held = await locks.TakeAsync(JobLocks.Work, cancel);
                    await bulk.RunAsync(null, null, cancel);
                }
                return Verb.Done;
            });
    }

    static object Describe(OwnDsc dsc) => new
    {
        kid = dsc.Kid.ToString(), dsc.Subject, algorithm = dsc.Algorithm.ToString(), dsc.Facility, dsc.NotBefore,
        dsc.NotAfter, dsc.Withdrawn,
    };

    static SigningKey FromPkcs12(ref byte[] content, string password)
    {
        var (der, key) = Pkcs12File.Read(content, password);
        content = der;
        return key;
    }

    static byte[] DerOf(byte[] pemOrDer)
    {
        var text = Encoding.UTF8.GetString(pemOrDer);
        return PemEncoding.TryFind(text, out var fields) ? Convert.FromBase64String(text[fields.Base64Data]) : pemOrDer;
    }

    static T OrRefuse<T>(Result<T> outcome)
        where T : class => outcome.IsRefused(out var why, out var value) ? throw new RefusedException(why) : value;
}

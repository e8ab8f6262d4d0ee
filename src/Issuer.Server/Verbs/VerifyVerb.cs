using System.CommandLine;
using Issuer.Hcert;
using Issuer.Server.Verification;

namespace Issuer.Server.Verbs;

/// <summary><c>issuer verify</c>: a verdict and why; 0 only when valid.</summary>
static class VerifyVerb
{
    public static Command Create()
    {
        var text = DecodeVerb.Hc1Argument();
        text.Arity = ArgumentArity.ZeroOrOne;
        var trust = new Option<string?>("--trust") { Description = "Trust list: eu.json, list.jws with the list beside it, or a DID document", HelpName = "FILE|URL" };
        var anchor = new Option<string?>("--anchor")
        {
            Description = "Whose signature makes a list believed: a certificate, or the anchors of a DID document", HelpName = "PEM",
        };
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "The moment asked about (default now)", HelpName = "INSTANT",
            CustomParser = result => Instants.Parse(result.Tokens[0].Value, result.AddError),
        };
        var batch = new Option<string?>("--batch")
        {
            Description = "Many, as NDJSON: {\"id\",\"hc1\",\"dsc\"?,\"at\"?} a line", HelpName = "FILE|-",
        };
        var seen = new Option<long?>("--sequence-seen")
        {
            Description = "The newest sequence of a signed list seen before: an older list is refused", HelpName = "N",
        };
        var options = new StoreOptions();
        var command = new Command("verify", "Judge a certificate by a signed trust list")
        {
            text, trust, anchor, at, batch, seen, options.Json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(text)?.Tokens.Count > 0) == (result.GetValue(batch) is not null))
            {
                result.AddError("Give one HC1 text, or --batch, and not both");
            }
        });
        return command.Runs(async (parsed, cancel) =>
        {
            var moment = parsed.GetValue(at) ?? TimeProvider.System.GetUtcNow();
            var trusted = await TrustedDscs.LoadAsync(
                parsed.GetValue(trust), parsed.GetValue(anchor), moment, parsed.GetValue(seen), cancel);
            if (parsed.GetValue(batch) is { } file)
            {
                await using var input = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
                await using var output = Console.OpenStandardOutput();
                return await new VerifyBatch(trusted, moment).RunAsync(input, output, cancel) ? Verb.Done : Verb.Refused;
            }
            var hc1 = await DecodeVerb.ReadAsync(parsed.GetRequiredValue(text), cancel);
            var (verdict, detail, _) = HcertVerifier.Verify(hc1, trusted.With, moment);
            new Screen(parsed.GetValue(options.Json)).Finish(
                new { verdict = verdict.ToWire(), detail }, ("verdict", verdict.ToWire()), ("because", detail));
            return verdict == Verdict.Valid ? Verb.Done : Verb.Refused;
        });
    }
}

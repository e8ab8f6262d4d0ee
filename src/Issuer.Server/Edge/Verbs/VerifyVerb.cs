using System.CommandLine;
using Issuer.Hcert;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Verbs;

/// <summary>
/// <c>issuer verify</c>: a verdict, why, and how old the lists are; 0 only when valid, 3 when a list is too old to say.
/// </summary>
static class VerifyVerb
{
    public static Command Create()
    {
        var text = DecodeVerb.Hc1Argument();
        text.Arity = ArgumentArity.ZeroOrOne;
        var lists = new VerificationOptions();
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "The time to check at (default: now)", HelpName = "INSTANT",
            CustomParser = result => Instants.Parse(result.Tokens[0].Value, result.AddError),
        };
        var batch = new Option<string?>("--batch")
        {
            Description = "Check many, as NDJSON: {\"id\",\"hc1\",\"dsc\"?,\"at\"?} a line", HelpName = "FILE|-",
        };
        var maxAge = AgeOption.Create(
            "--max-age", "The oldest that a list may be (default: until a day after the next one was due)");
        var options = new StoreOptions();
        var command = new Command("verify", "Check a certificate against lists that the anchor signed")
        {
            text, at, batch, maxAge, options.Json,
        };
        lists.AddTo(command);
        command.Validators.Add(result =>
        {
            if ((result.GetResult(text)?.Tokens.Count > 0) == (result.GetValue(batch) is not null))
            {
                result.AddError("Give one HC1 text, or --batch, and not both");
            }
        });
        return command.Runs(async (parsed, cancel) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var moment = parsed.GetValue(at) ?? now;
            // Asked about last year, a list of today is none of the future; asked about next year, it is an old one.
            var age = moment > now ? moment : now;
            foreach (var hint in lists.HintsFor(parsed, bringsDscs: parsed.GetValue(batch) is not null))
            {
                Screen.Warn(hint);
            }
            var loaded = await lists.LoadAsync(parsed, age, cancel);
            // By the moment asked about alone: what was fresh then said enough then.
            var isStale = loaded.Ages.Any(one => one.IsTooOld(moment, parsed.GetValue(maxAge)));
            if (parsed.GetValue(batch) is { } file)
            {
                await using var input = file == "-" ? Console.OpenStandardInput() : FileFault.OpenRead(file);
                await using var output = Console.OpenStandardOutput();
                return ExitCode(isStale, await new VerifyBatch(loaded, moment).RunAsync(input, output, cancel));
            }
            var hc1 = await DecodeVerb.ReadAsync(parsed.GetRequiredValue(text), cancel);
            var judged = loaded.Verify(hc1, moment);
            var (verdict, detail, _) = judged;
            var canBeHadAnew = loaded.CanBeHadAnew(judged);
            var ages = ListAgeView.Of(loaded, moment);
            new Screen(parsed.GetValue(options.Json)).Finish(
                new
                {
                    verdict = verdict.ToWire(), detail, stale = isStale, lists = ages, canBeHadAnew,
                    warnings = loaded.WarningsAt(age),
                },
                [
                    ("verdict", verdict.ToWire()), ("because", detail),
                    ("lists", ages.Count > 0 ? string.Join(", ", ages) : "none that tells its age"),
                    .. isStale
                        ? [("stale", (object?)"the lists are too old to say: get newer ones")]
                        : Array.Empty<(string, object?)>(),
                    .. canBeHadAnew
                        ? [("get a new one", (object?)"in the holder's app")]
                        : Array.Empty<(string, object?)>(),
                ]);
            return ExitCode(isStale, verdict == Verdict.Valid);
        });
    }

    static int ExitCode(bool isStale, bool isValid) =>
        isStale ? Verb.Stale : isValid ? Verb.Done : Verb.Refused;
}

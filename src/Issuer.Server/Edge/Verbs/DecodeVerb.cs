using System.CommandLine;
using Issuer.Hcert;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer decode</c>: everything inside, never a verdict.</summary>
static class DecodeVerb
{
    public static Command Create()
    {
        var text = Hc1Argument();
        var json = new Option<bool>("--json") { Description = "Print it on one line; it is JSON either way" };
        return new Command("decode", "Show everything inside a certificate, without a verdict") { text, json }
            .Runs(async (parsed, cancel) =>
            {
                var inside = HcertJson.Of(await ReadAsync(parsed.GetRequiredValue(text), cancel));
                Console.WriteLine(parsed.GetValue(json) ? JsonLine.Of(inside) : inside);
                return Verb.Done;
            });
    }

    public static Argument<string> Hc1Argument() => new("HC1")
    {
        Description = "The text of the QR, or - to read it from standard input (Base45 has spaces and $)",
    };

    public static async Task<string> ReadAsync(string argument, CancellationToken cancel) =>
        (argument == "-" ? await Bounded.ReadTextAsync(Console.OpenStandardInput(), cancel) : argument)
            .Trim('\r', '\n');
}

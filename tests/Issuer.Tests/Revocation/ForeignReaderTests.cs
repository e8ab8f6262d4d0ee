using System.Globalization;
using System.Security.Cryptography;
using Issuer.Core.Revocation;

namespace Issuer.Tests.Revocation;

/// <summary>The Python reader, written from the format page alone, beside our own.</summary>
public sealed class ForeignReaderTests : IDisposable
{
    readonly ListSample lists = new();
    readonly string folder = Directory.CreateTempSubdirectory("issuer-lists-").FullName;

    public void Dispose()
    {
        lists.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [ForeignReaderFact]
    public void A_reader_written_from_the_page_agrees_on_full_lists_and_deltas()
    {
        var first = ListSample.State(ListSample.Set([0, (1L << 35) - 1, .. ListSample.Scattered(5000, 5 << 20)]));
        var kept = ListSample.Numbers(first.Revoked).Where((_, index) => index % 7 != 0);
        var second = ListSample.State(ListSample.Set(kept.Concat(ListSample.Scattered(3000, 6 << 20, seed: 2))), first);
        Write("full", lists.Full(first));
        Write("delta", lists.Delta(first, second));
        Assert.Equal(ListSample.Numbers(first.Revoked), Read("full"));
        Assert.Equal(ListSample.Numbers(second.Revoked), Read("full", "delta"));
    }

    [ForeignReaderFact]
    public void It_refuses_every_flipped_byte()
    {
        var first = ListSample.State(ListSample.Set(ListSample.Scattered(20, 1 << 20)));
        var second = ListSample.State(ListSample.Set(ListSample.Scattered(30, 1 << 20)), first);
        Write("full", lists.Full(first));
        Write("delta", lists.Delta(first, second));
        var (exit, output, error) = ForeignReaderFactAttribute.Run(
            ForeignReaderFactAttribute.Script("check_compact_list.py"), folder);
        Assert.True(exit == 0, error + output);
    }

    void Write(string name, SignedCompactList list)
    {
        File.WriteAllText(
            Path.Combine(folder, "anchor.pem"), PemEncoding.WriteString("CERTIFICATE", lists.Anchor.Der.Span));
        File.WriteAllBytes(Path.Combine(folder, $"{name}.cose"), list.Envelope);
        File.WriteAllBytes(Path.Combine(folder, $"{name}.body"), list.Body);
    }

    long[] Read(params string[] names)
    {
        var (exit, output, error) = ForeignReaderFactAttribute.Run(
        [
            ForeignReaderFactAttribute.Script("compact_list.py"), Path.Combine(folder, "anchor.pem"),
            .. names.Select(name => Path.Combine(folder, name)),
        ]);
        Assert.True(exit == 0, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
    }
}

using System.Text;
using Issuer.Verification;

namespace Issuer.Server.Features.Verification;

/// <summary>NDJSON in, NDJSON out, in the same order, on all cores.</summary>
/// <param name="moment">For lines that name none.</param>
sealed class VerifyBatch(VerificationLists lists, DateTimeOffset moment)
{
    /// <summary>Enough that no core waits for the next lines, and so few that memory stays flat.</summary>
    static readonly int BlocksAtOnce = 2 * Environment.ProcessorCount;

    readonly JudgeLines judge = new(lists, moment);

    /// <returns>Whether every line was valid.</returns>
    public async Task<bool> RunAsync(Stream input, Stream output, CancellationToken cancel)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        var allValid = true;
        var underWay = new Queue<Task<JudgedBlock>>();
        await foreach (var lines in LineBlocks.ReadAsync(reader, cancel))
        {
            underWay.Enqueue(Task.Run(() => judge.All(lines), cancel));
            if (underWay.Count > BlocksAtOnce)
            {
                await WriteOldestAsync();
            }
        }
        while (underWay.Count > 0)
        {
            await WriteOldestAsync();
        }
        await output.FlushAsync(cancel);
        return allValid;

        async Task WriteOldestAsync()
        {
            var block = await underWay.Dequeue();
            await output.WriteAsync(block.Answers, cancel);
            allValid &= block.AllValid;
        }
    }
}

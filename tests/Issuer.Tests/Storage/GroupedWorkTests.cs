using Issuer.Storage;

namespace Issuer.Tests.Storage;

public sealed class GroupedWorkTests
{
    /// <summary>Only ends a test that would wait for ever.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task What_arrives_during_a_commit_shares_the_next_one()
    {
        var (begun, first) = (new TaskCompletionSource(), new TaskCompletionSource());
        var groups = new List<int>();
        var commit = new GroupedWork<int, int>(async items =>
        {
            groups.Add(items.Count);
            begun.TrySetResult();
            await first.Task;
            return [.. items.Select(item => item * 2)];
        });

        var answers = new List<Task<int>> { commit.AddAsync(0) };
        await begun.Task.WaitAsync(Longest);
        answers.AddRange(Enumerable.Range(1, 20).Select(commit.AddAsync));
        first.SetResult();

        Assert.Equal(Enumerable.Range(0, 21).Select(n => n * 2), await Task.WhenAll(answers));
        Assert.Equal([1, 20], groups);
    }

    [Fact]
    public async Task One_that_cannot_be_stored_fails_alone()
    {
        var commit = new GroupedWork<int, int>(async items =>
        {
            await Task.Yield();
            return items.Contains(7) ? throw new InvalidOperationException("seven") : [.. items];
        });

        var answers = Enumerable.Range(0, 50).Select(n => Task.Run(() => commit.AddAsync(n))).ToList();

        await Assert.ThrowsAsync<InvalidOperationException>(() => answers[7]);
        Assert.Equal(Enumerable.Range(0, 50).Except([7]), await Task.WhenAll(answers.Where((_, n) => n != 7)));
    }

    [Fact]
    public async Task A_commit_after_a_failure_goes_on()
    {
        var commit = new GroupedWork<int, int>(items => items[0] == 0
            ? Task.FromException<IReadOnlyList<int>>(new InvalidOperationException())
            : Task.FromResult<IReadOnlyList<int>>([.. items]));

        await Assert.ThrowsAsync<InvalidOperationException>(() => commit.AddAsync(0));
        Assert.Equal(1, await commit.AddAsync(1));
    }

    [Fact]
    public async Task A_store_that_answers_too_few_leaves_nobody_waiting()
    {
        var commit = new GroupedWork<int, int>(
            items => Task.FromResult<IReadOnlyList<int>>(items.Count > 1 ? [1] : []));

        var answers = Enumerable.Range(0, 20).Select(n => Task.Run(() => commit.AddAsync(n))).ToList();

        foreach (var answer in answers)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => answer.WaitAsync(Longest));
        }
    }

    [Fact]
    public async Task A_group_is_no_larger_than_was_said_and_keeps_the_order()
    {
        var (begun, first) = (new TaskCompletionSource(), new TaskCompletionSource());
        var groups = new List<int[]>();
        var work = new GroupedWork<int, int>(
            async items =>
            {
                groups.Add([.. items]);
                begun.TrySetResult();
                await first.Task;
                return [.. items];
            },
            most: 3);

        var answers = new List<Task<int>> { work.AddAsync(0) };
        await begun.Task.WaitAsync(Longest);
        answers.AddRange(Enumerable.Range(1, 7).Select(work.AddAsync));
        first.SetResult();

        Assert.Equal(Enumerable.Range(0, 8), await Task.WhenAll(answers));
        Assert.Equal([[0], [1, 2, 3], [4, 5, 6], [7]], groups);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_not_asked_for_each_of_them_again()
    {
        var asked = 0;
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var work = new GroupedWork<int, int>(async items =>
        {
            asked++;
            begun.TrySetResult();
            await gate.Task;
            return items.Count > 1 ? throw new InvalidOperationException("slow", new TimeoutException()) : [.. items];
        });

        var first = work.AddAsync(0);
        await begun.Task.WaitAsync(Longest);
        var others = Enumerable.Range(1, 10).Select(work.AddAsync).ToList();
        gate.SetResult();

        Assert.Equal(0, await first);
        foreach (var other in others)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => other);
        }
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task As_many_groups_are_under_way_as_there_are_lanes()
    {
        const int lanes = 3;
        var gate = new Lock();
        var full = new TaskCompletionSource();
        var (underWay, mostUnderWay) = (0, 0);
        var work = new GroupedWork<int, int>(
            async items =>
            {
                lock (gate)
                {
                    mostUnderWay = Math.Max(mostUnderWay, ++underWay);
                    if (underWay == lanes)
                    {
                        full.TrySetResult();
                    }
                }
                // None ends before all lanes are in use once; then they come and go.
                await full.Task;
                await Task.Yield();
                lock (gate)
                {
                    underWay--;
                }
                return [.. items];
            },
            most: 2, lanes: lanes);

        var answers = Enumerable.Range(0, 60).Select(n => Task.Run(() => work.AddAsync(n))).ToList();

        Assert.Equal(Enumerable.Range(0, 60), await Task.WhenAll(answers).WaitAsync(Longest));
        Assert.Equal(lanes, mostUnderWay);
    }
}

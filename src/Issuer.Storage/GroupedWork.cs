namespace Issuer.Storage;

/// <summary>
/// What arrives while a commit or a query is under way shares the next one: many who ask one thing each go to the
/// database and back together, and nobody waits when there is nobody else. A query begins after all who share it have
/// asked, so that each sees what was committed before.
/// </summary>
/// <param name="work">Stores all items, in order, durably, or reads them; one answer each.</param>
/// <param name="most">Items of a group.</param>
/// <param name="lanes">Groups under way at once; with more than one, an item may overtake another.</param>
sealed class GroupedWork<TItem, TAnswer>(
    Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> work, int most = int.MaxValue, int lanes = 1)
{
    readonly Lock gate = new();
    List<Entry> waiting = [];
    int running;

    /// <summary>Once added it is done, whether its sender still waits or not.</summary>
    public Task<TAnswer> AddAsync(TItem item)
    {
        var entry = new Entry(item);
        lock (gate)
        {
            waiting.Add(entry);
            if (running == lanes)
            {
                return entry.Answer.Task;
            }
            running++;
        }
        _ = Task.Run(RunAsync);
        return entry.Answer.Task;
    }

    async Task RunAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            await AnswerAsync(group);
        }
    }

    List<Entry> Next()
    {
        lock (gate)
        {
            var group = waiting.Count <= most ? waiting : waiting[..most];
            waiting = waiting[group.Count..];
            running -= group.Count > 0 ? 0 : 1;
            return group;
        }
    }

    /// <summary>Answers each of them once, whatever the store does; it throws nothing.</summary>
    async Task AnswerAsync(List<Entry> group)
    {
        try
        {
            var answers = await work(group.ConvertAll(entry => entry.Item));
            if (answers.Count != group.Count)
            {
                throw new InvalidOperationException($"{answers.Count} answers to {group.Count} items");
            }
            foreach (var (entry, answer) in group.Zip(answers))
            {
                entry.Answer.SetResult(answer);
            }
        }
#pragma warning disable CA1031 // It is the sender's to handle.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // A database that does not answer does not answer them one by one either, only later.
            if (group.Count == 1 || (e as TimeoutException ?? e.InnerException) is TimeoutException)
            {
                group.ForEach(entry => entry.Answer.SetException(e));
                return;
            }
            // One of them may be the reason; the others must not suffer for it.
            foreach (var entry in group)
            {
                await AnswerAsync([entry]);
            }
        }
    }

    sealed record Entry(TItem Item)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

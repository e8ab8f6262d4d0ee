namespace Issuer.Server.Tests;

/// <summary>
/// How the tests wait: for a state, never for a time. The bound only ends a test that would wait for ever; a busy
/// machine must not reach it.
/// </summary>
static class Eventually
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> holds, string what) => TrueAsync(() => Task.FromResult(holds()), what);

    /// <param name="what">What should come true, for the message.</param>
    public static async Task TrueAsync(Func<Task<bool>> holds, string what)
    {
        using var bound = new CancellationTokenSource(Longest);
        while (!await holds())
        {
            Assert.False(bound.IsCancellationRequested, $"This did not come true in {Longest}: {what}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>The task's result, or a failure when it never ends.</summary>
    public static Task<T> EndsAsync<T>(this Task<T> task) => task.WaitAsync(Longest);

    public static Task EndsAsync(this Task task) => task.WaitAsync(Longest);
}

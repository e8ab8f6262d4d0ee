namespace Issuer.Server.Tests.Identity;

/// <summary>A clock that stands until a test moves it; timers fire when it passes them.</summary>
sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>Five minutes and more: only ends a test that would wait for ever.</summary>
    const int MostRounds = 20_000;

    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    readonly Lock gate = new();
    readonly List<Alarm> alarms = [];
    TimeSpan passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Passed
    {
        get
        {
            lock (gate)
            {
                return passed;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => start + Passed;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan by)
    {
        List<Alarm> due;
        lock (gate)
        {
            passed += by;
            due = [.. alarms.Where(a => a.Due <= passed)];
            alarms.RemoveAll(due.Contains);
        }
        due.ForEach(a => a.Ring());
    }

    /// <summary>Lets time pass until it is done, faster than it would by itself. Only for what waits:
    /// what is merely busy would run out of time on a slow machine.</summary>
    public async Task<T> UntilDone<T>(Task<T> task)
    {
        await Until(() => task.IsCompleted, TimeSpan.MaxValue);
        return await task;
    }

    /// <summary>
    /// Lets no more time pass than the limit; what then still does not hold, on any machine, has failed.
    /// </summary>
    public async Task Until(Func<bool> holds, TimeSpan limit)
    {
        for (var rounds = 0; !holds(); rounds++)
        {
            Assert.InRange(rounds, 0, MostRounds);
            await Task.Delay(15);
            if (Passed < limit)
            {
                Advance(Step);
            }
        }
    }

    /// <summary>Rings once: nothing here needs a period.</summary>
    sealed class Alarm(SimulatedTime time, Action ring) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public Action Ring => ring;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.alarms.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time.passed + dueTime;
                    time.alarms.Add(this);
                }
            }
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

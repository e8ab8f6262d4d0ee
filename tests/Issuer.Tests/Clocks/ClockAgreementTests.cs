using Issuer.Core;

namespace Issuer.Tests.Clocks;

/// <summary>Clocks may differ by a minute.</summary>
public sealed class ClockAgreementTests
{
    static readonly DateTimeOffset Now = Given.Now;

    [Theory]
    [InlineData(-3600, true)]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task A_store_that_was_last_written_more_than_a_minute_later_is_not_written_to(
        int secondsAhead, bool mayWrite)
    {
        var store = new Clock { LastWritten = Now.AddSeconds(secondsAhead) };

        var refused = await ClockAgreement.EnterAsync(store, Now, default);

        Assert.Equal(mayWrite ? null : RejectionKind.Unavailable, refused?.Kind);
        Assert.Equal(Now, store.Raised);
    }

    [Fact]
    public async Task A_store_that_nobody_has_written_to_takes_any_clock() =>
        Assert.Null(await ClockAgreement.EnterAsync(new Clock(), Now, default));

    [Theory]
    [InlineData(-61, 0, false)]
    [InlineData(-60, 0, true)]
    [InlineData(0, 0, true)]
    [InlineData(60, 0, true)]
    [InlineData(61, 0, false)]
    [InlineData(-60, 30, true)]
    [InlineData(-61, 30, false)]
    [InlineData(90, 30, true)]
    [InlineData(91, 30, false)]
    public async Task A_database_whose_clock_is_more_than_a_minute_off_while_it_answered_stops_signing(
        int secondsAhead, int secondsItTook, bool maySign)
    {
        var ours = new Clock { At = Now };
        ours.Database = () =>
        {
            ours.At = Now.AddSeconds(secondsItTook);
            return Now.AddSeconds(secondsAhead);
        };

        var refused = await ClockAgreement.CompareAsync(ours, ours, default);

        Assert.Equal(maySign ? null : RejectionKind.Unavailable, refused?.Kind);
    }

    [Fact]
    public async Task A_database_on_this_machine_has_no_clock_of_its_own() =>
        Assert.Null(await ClockAgreement.CompareAsync(new Clock(), TimeProvider.System, default));

    /// <summary>Ours and the store's.</summary>
    sealed class Clock : TimeProvider, IStoreClock
    {
        public DateTimeOffset At { get; set; }

        public DateTimeOffset? LastWritten { get; init; }

        public DateTimeOffset? Raised { get; private set; }

        public Func<DateTimeOffset?> Database { get; set; } = () => null;

        public override DateTimeOffset GetUtcNow() => At;

        public Task<DateTimeOffset?> RaiseAsync(DateTimeOffset now, CancellationToken cancel)
        {
            Raised = now;
            return Task.FromResult(LastWritten);
        }

        public Task<DateTimeOffset?> DatabaseNowAsync(CancellationToken cancel) => Task.FromResult(Database());
    }
}

using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Tests.Revocation;

/// <summary>What is found, refused, reached and declared, over rows that only tell what was done to them.</summary>
public sealed class RevokeCertificatesTests
{
    const string Holder = "VNM:079085000001";

    static readonly Slot Asked = new(42);

    static readonly RevocableCertificate Certificate = new(
        Asked, 5, new byte[Uvci.RandomLength], Given.Now.AddDays(300), null, IsHead: true);

    readonly Rows rows = new(Certificate);
    readonly List<int> counted = [];

    RevokeCertificates Revoke => new(rows, Given.SingleActs, counted.Add);

    [Fact]
    public async Task For_cause_the_lineage_is_declared_and_closed()
    {
        var outcome = await RevokeAsync(new RevocationRequest(Asked, RevocationReason.Fraud, "forged slip"));

        Assert.Equal(new RevocationOutcome(2, 5, IsEnqueued: false), outcome.Value);
        Assert.Equal(["unexpired of 5", "declare 41 42 Fraud now", "close 5"], rows.Done);
        Assert.Equal(new Declaration(RevocationReason.Fraud, Given.Act, Given.Now, null, "forged slip"), rows.Declared);
        Assert.Equal([2], counted);
    }

    [Fact]
    public async Task A_suspension_pauses_the_lineage_and_closes_nothing()
    {
        var outcome = await RevokeAsync(
            new RevocationRequest(Asked, RevocationReason.Other, "looked into", Given.Now.AddDays(5)));

        Assert.Equal(2, outcome.Value?.Certificates);
        Assert.Equal(["unexpired of 5", "declare 41 42 Other now", "pause 5 until 5"], rows.Done);
        Assert.Equal(Given.Now.AddDays(5), rows.Declared?.SuspendedUntil);
    }

    [Fact]
    public async Task What_expired_or_is_not_there_is_refused()
    {
        rows.Found = Certificate with { ExpiresAt = Given.Now };
        Assert.Equal(RejectionKind.Conflict, await RefusedAsync(new RevocationRequest(Asked, RevocationReason.Fraud)));
        rows.Found = null;
        Assert.Equal(RejectionKind.NotFound, await RefusedAsync(new RevocationRequest(Asked, RevocationReason.Fraud)));

        Assert.Empty(rows.Done);
        Assert.Equal([0, 0], counted);
    }

    [Fact]
    public async Task Whoever_typed_a_whole_identifier_means_that_one_and_no_other_with_its_slot()
    {
        var request = new RevocationRequest(Asked, RevocationReason.Fraud);

        Assert.Equal(
            RejectionKind.NotFound,
            await RefusedAsync(request with { Uvci = Uvci.Mint(Asked, [.. new byte[Uvci.RandomLength - 1], 1]).ToString() }));
        Assert.Equal(2, (await RevokeAsync(request with { Uvci = Uvci.Mint(Asked, Certificate.Random).ToString() }))
            .Value?.Certificates);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public async Task A_leak_reaches_the_leaked_one_alone_and_its_successor_is_due(int replaced, bool isEnqueued)
    {
        rows.Replaced = replaced;

        var outcome = await Revoke.ReportLeakAsync(Holder, Asked, Given.Act, default);

        Assert.Equal(new RevocationOutcome(1, 5, isEnqueued), outcome.Value);
        Assert.Equal(["count since -30", "declare 42 Leaked now", "replace 42"], rows.Done);
        Assert.Equal(Holder, rows.Holder);
    }

    [Fact]
    public async Task A_leak_of_what_stood_already_has_no_successor()
    {
        rows.Changes = false;

        var outcome = await Revoke.ReportLeakAsync(Holder, Asked, Given.Act, default);

        Assert.Equal(new RevocationOutcome(0, 5, IsEnqueued: false), outcome.Value);
        Assert.Equal(["count since -30", "declare 42 Leaked now"], rows.Done);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_leak_that_was_reported_before_changes_nothing(bool isHead)
    {
        rows.Found = Certificate with
        {
            Standing = new DeclaredRevocation(RevocationReason.Leaked, Given.Now.AddDays(-1)),
            IsHead = isHead,
        };

        Assert.Equal(
            new RevocationOutcome(0, 5, isHead), (await Revoke.ReportLeakAsync(Holder, Asked, Given.Act, default)).Value);
        Assert.Empty(rows.Done);
    }

    [Fact]
    public async Task The_fourth_leak_of_thirty_days_and_anybody_elses_certificate_are_refused()
    {
        rows.Leaks = 3;
        Assert.Equal(
            RejectionKind.TooOften, (await Revoke.ReportLeakAsync(Holder, Asked, Given.Act, default)).Rejection?.Kind);
        rows.Found = null;
        Assert.Equal(
            RejectionKind.NotFound, (await Revoke.ReportLeakAsync(Holder, Asked, Given.Act, default)).Rejection?.Kind);
        Assert.Equal(["count since -30"], rows.Done);
    }

    [Theory]
    [InlineData(RevocationReason.WrongData, "in 14")]
    [InlineData(RevocationReason.Duplicate, "in 14")]
    [InlineData(RevocationReason.Fraud, "now")]
    [InlineData(RevocationReason.IssuedInError, "now")]
    public async Task A_withdrawn_record_takes_what_relies_on_it_and_later_statements(
        RevocationReason why, string effective)
    {
        var outcome = await WithdrawAsync(why);

        Assert.Equal(new RevocationOutcome(1, 0, IsEnqueued: false), outcome.Value);
        Assert.Equal(
            [
                "use single-act TEST", "use single-act-at 79001", "relying on 9", "void later than 9", "void 9",
                $"declare 43 RecordWithdrawn {effective}", "decide again 9", $"audit record-withdrawn {why.ToWire()} 9", "free lots",
            ],
            rows.Done);
    }

    [Fact]
    public async Task A_record_that_is_withdrawn_already_is_left_and_one_that_changed_is_refused()
    {
        rows.Record = new WithdrawableRecord(3, IsWithdrawn: true);
        Assert.Equal(new RevocationOutcome(0, 0, IsEnqueued: false), (await WithdrawAsync(RevocationReason.Fraud)).Value);
        rows.Record = new WithdrawableRecord(4, IsWithdrawn: false);
        var changed = (await WithdrawAsync(RevocationReason.Fraud)).Rejection!;
        Assert.Equal(RejectionKind.Conflict, changed.Kind);
        Assert.Equal([new Fault("if-match", FaultCode.WrongVersion)], changed.Faults);
        rows.Record = null;
        Assert.Equal(RejectionKind.NotFound, (await WithdrawAsync(RevocationReason.Fraud)).Rejection?.Kind);

        Assert.Empty(rows.Done);
        Assert.Equal(Given.Facility, rows.Facility);
    }

    [Theory]
    [InlineData(RevocationReason.Leaked, "use single-act TEST|declare 42 Leaked now|replace 42")]
    [InlineData(
        RevocationReason.HolderRequest, "use single-act TEST|unexpired of 5|declare 41 42 HolderRequest now|close 5")]
    [InlineData(RevocationReason.Fraud, "unexpired of 5|declare 41 42 Fraud now|close 5")]
    public async Task What_one_person_of_the_ministry_may_do_alone_is_counted(RevocationReason why, string done)
    {
        Assert.NotNull((await RevokeAsync(new RevocationRequest(Asked, why))).Value);
        Assert.Equal(done.Split('|'), rows.Done);
    }

    [Fact]
    public async Task Over_the_budget_nothing_is_done_and_the_trail_says_who_tried()
    {
        rows.Used = Given.SingleActBudget.PerPersonAndDay + 1;
        Assert.Equal(RejectionKind.TooOften, await RefusedAsync(new RevocationRequest(Asked, RevocationReason.Leaked)));
        Assert.Equal(RejectionKind.TooOften, (await WithdrawAsync(RevocationReason.Fraud)).Rejection?.Kind);

        Assert.Equal(
            [
                "use single-act TEST", "audit certificate-revoked refused too-often 42",
                "use single-act TEST", "audit record-withdrawn refused too-often 9",
            ],
            rows.Done);
        Assert.Equal([0, 0], counted);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(RevocationReason.Fraud, null, true)]
    [InlineData(RevocationReason.Leaked, 5, true)]
    public async Task Asking_again_for_what_stands_costs_nothing(RevocationReason? standing, int? days, bool isSpent)
    {
        rows.Found = Certificate with
        {
            Standing = new DeclaredRevocation(
                standing ?? RevocationReason.Leaked, Given.Now, days is { } d ? Given.Now.AddDays(d) : null),
        };
        await RevokeAsync(new RevocationRequest(Asked, RevocationReason.Leaked));
        Assert.Equal(isSpent, rows.Done.Contains("use single-act TEST"));
    }

    [Fact]
    public async Task What_a_second_person_is_asked_for_is_refused_by_the_same_rules()
    {
        var request = new RevocationRequest(Asked, RevocationReason.Fraud);
        Assert.Null(await Revoke.RefuseAsync(request, Given.Now, default));
        Assert.Equal(
            RejectionKind.Conflict, (await Revoke.RefuseAsync(request, Certificate.ExpiresAt, default))?.Kind);
        Assert.Equal(rows.Record, (await Revoke.RefuseWithdrawalAsync(null, 9, 3, default)).Value);
        Assert.Equal(
            RejectionKind.Conflict, (await Revoke.RefuseWithdrawalAsync(null, 9, 2, default)).Rejection?.Kind);

        Assert.Empty(rows.Done);
    }

    Task<Result<RevocationOutcome>> RevokeAsync(RevocationRequest request) =>
        Revoke.RevokeAsync(request, Given.Act, default);

    async Task<RejectionKind?> RefusedAsync(RevocationRequest request) => (await RevokeAsync(request)).Rejection?.Kind;

    Task<Result<RevocationOutcome>> WithdrawAsync(RevocationReason why) =>
        Revoke.WithdrawRecordAsync(Given.Facility, 9, 3, why, Given.Act, default);

    /// <summary>Keeps a line for each call that reads or changes more than the one row that is asked for.</summary>
    sealed class Rows(RevocableCertificate found) : ITransactions<IWithdrawalTransaction>, IWithdrawalTransaction
    {
        public RevocableCertificate? Found { get; set; } = found;

        public WithdrawableRecord? Record { get; set; } = new(3, IsWithdrawn: false);

        public long Leaks { get; set; } = 2;

        public bool Changes { get; set; } = true;

        public int Replaced { get; set; }

        public List<string> Done { get; } = [];

        public string? Holder { get; private set; }

        public string? Facility { get; private set; }

        public Declaration? Declared { get; private set; }

        public Task<T> DecideAsync<T>(Func<IWithdrawalTransaction, Task<T>> decide, CancellationToken cancel) =>
            decide(this);

        public long Used { get; set; } = 1;

        public Task<long> CountUseAsync(string name, DateOnly day) => Note($"use {name}", Used);

        public Task<RevocableCertificate?> FindAsync(Slot slot, string? document)
        {
            (Holder, _) = (document, slot);
            return Task.FromResult(slot == Asked ? Found : null);
        }

        public Task<long> CountDeclaredAsync(long lineage, RevocationReason reason, DateTimeOffset since)
        {
            Assert.Equal((5, RevocationReason.Leaked), (lineage, reason));
            return Note($"count since {(since - Given.Now).TotalDays}", Leaks);
        }

        public Task<IReadOnlyList<long>> LineagesOfAsync(IReadOnlyCollection<long> slots) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<long>> UnexpiredOfAsync(IReadOnlyCollection<long> lineages, DateTimeOffset now)
        {
            Assert.Equal(Given.Now, now);
            return Note<IReadOnlyList<long>>($"unexpired of {string.Join(' ', lineages)}", [41, 42]);
        }

        public Task<IReadOnlyList<long>> DeclareAsync(IReadOnlyCollection<long> slots, Declaration declared)
        {
            Declared = declared;
            var days = (declared.EffectiveAt - Given.Now).TotalDays;
            return Note<IReadOnlyList<long>>(
                $"declare {string.Join(' ', slots)} {declared.Reason} {(days == 0 ? "now" : $"in {days}")}",
                Changes ? [.. slots] : []);
        }

        public Task CloseAsync(IReadOnlyCollection<long> lineages) => Note($"close {string.Join(' ', lineages)}", 0);

        public Task PauseAsync(long lineage, DateTimeOffset until) =>
            Note($"pause {lineage} until {(until - Given.Now).TotalDays}", 0);

        public Task<int> ReplaceLeakedAsync(IReadOnlyCollection<long> slots, DateTimeOffset now)
        {
            Assert.Equal(Given.Now, now);
            return Note($"replace {string.Join(' ', slots)}", Replaced);
        }

        public Task<WithdrawableRecord?> FindRecordAsync(long record, string? facility)
        {
            Facility = facility;
            return Task.FromResult(record == 9 ? Record : null);
        }

        public Task VoidAsync(IReadOnlyCollection<long> records, Act act) => Note($"void {string.Join(' ', records)}", 0);

        public Task<IReadOnlyList<long>> RelyingOnAsync(IReadOnlyCollection<long> records, DateTimeOffset now)
        {
            Assert.Equal(Given.Now, now);
            return Note<IReadOnlyList<long>>($"relying on {string.Join(' ', records)}", [43]);
        }

        public Task VoidLaterStatementsAsync(IReadOnlyCollection<long> records) =>
            Note($"void later than {string.Join(' ', records)}", 0);

        public Task DecideAgainAsync(IReadOnlyCollection<long> records) =>
            Note($"decide again {string.Join(' ', records)}", 0);

        public Task FreeLotsAsync() => Note("free lots", 0);

        public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
            Note($"audit {what} {string.Join(' ', objects)}", 0);

        public Task AuditAsync(Act act, string what) => Note($"audit {what}", 0);

        Task<T> Note<T>(string line, T answer)
        {
            Done.Add(line);
            return Task.FromResult(answer);
        }
    }
}

using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

/// <summary>Everything that changes what is counted, in an order that the seed says.</summary>
sealed class Happenings(Store store, Clinic clinic, uint seed)
{
    uint last = seed;
    readonly List<(RecordRow Row, long Version)> known = [];
    int entered;

    public DateTimeOffset Now { get; private set; } = Given.Now;

    Act Act => new("happening", Now);

    public async Task SomeAsync(int number)
    {
        for (var i = 0; i < number; i++)
        {
            Now = Now.AddHours(Next(30));
            await (Next(10) switch
            {
                0 or 1 or 2 => EnterAsync(),
                3 or 4 => CorrectAsync(),
                5 or 6 => MatchAsync(),
                7 => CertifyAsync(),
                8 => WithdrawAsync(),
                _ => ReportAsync(),
            });
        }
    }

    async Task EnterAsync()
    {
        var right = Given.Row(1 + Next(4), 1 + Next(3), Next(2) == 0 ? Given.Facility : Given.OtherFacility);
        var row = right with
        {
            Reference = $"h-{++entered}",
            VaccinatedOn = Next(3) == 0 ? StoreSuite.DayOf(Now.ToUnixTimeSeconds()) : right.VaccinatedOn,
        };
        known.Add((await SubmitAsync(Next(6) switch
        {
            0 => row with { Sex = "F" },
            1 => row with { IdentityNumber = "" },
            2 => row with { IdentityNumber = "12" },
            3 => Given.Foreigner(1, $"M12345{entered:D3}") with { Reference = row.Reference, Facility = row.Facility },
            _ => row,
        }), 1));
    }

    async Task CorrectAsync()
    {
        if (known.Count == 0)
        {
            return;
        }
        var at = Next(known.Count);
        var (row, version) = known[at];
        var person = 1 + Next(4);
        known[at] = (await SubmitAsync(Given.Row(person, 1) with
        {
            Reference = row.Reference,
            Facility = row.Facility,
            VaccinatedOn = row.VaccinatedOn,
            Lot = $"ABV{1 + Next(2)}-{version}",
            Corrects = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        }), version + 1);
    }

    async Task WithdrawAsync()
    {
        if (known.Count == 0)
        {
            return;
        }
        var (row, version) = known[Next(known.Count)];
        await foreach (var standing in store.Counts.RecordsAsync(default))
        {
            if (standing.Facility == row.Facility && standing.Reference == row.Reference)
            {
                var done = await store.Revoke.WithdrawRecordAsync(
                    null, standing.Id, version, RevocationReason.Duplicate, Act, default);
                Assert.Null(done.Rejection);
                known.RemoveAll(one => one.Row.Reference == row.Reference);
                return;
            }
        }
    }

    async Task<RecordRow> SubmitAsync(RecordRow row)
    {
        var context = Given.Context with { Today = DateOnly.FromDateTime(Now.ToOffset(StoreSuite.InVietnam).Date) };
        var result = Assert.Single(
            await new SubmitRecords(store.Records, Given.SingleActs, Given.Claims).SubmitAsync([row], null, context, Act, default));
        Assert.NotEqual(SubmitOutcome.Refused, result.Outcome);
        return row;
    }

    Task<MatchCounts> MatchAsync() => new MatchRecords(store.Identity, store.Registry, Given.ClaimDigests).RunAsync(Act, null, default);

    async Task CertifyAsync()
    {
        await MatchAsync();
        await clinic.AttestAsync(store);
        clinic.Now = Now;
        await clinic.IssueAsync(store);
    }

    async Task ReportAsync()
    {
        var person = 1 + Next(3);
        var (claim, _) = CheckReport.Check(StoreSuite.Row(person) with { Lot = $"L{++entered}" }, Given.Context);
        var filed = await new FileReports(store.Reports, Given.Feedback, StoreSuite.InVietnam).FileAsync(
            claim!, StoreSuite.Citizen(person) with { DailyCap = 1000 }, Act, default);
        if (Next(3) == 0)
        {
            var report = filed.Value!.Report;
            await new AnswerReports(store.Reports, new SubmitRecords(store.Records, Given.SingleActs, Given.Claims)).RefuseAsync(
                report.Id, 1, new ReportAnswer("blurred", "", null), new WorklistScope(report.Facility), Act, default);
        }
    }

    /// <summary>The same numbers on every run (Numerical Recipes' generator), the high bits of them.</summary>
    int Next(int below)
    {
        last = unchecked((last * 1664525) + 1013904223);
        return (int)((last >> 8) % (uint)below);
    }
}

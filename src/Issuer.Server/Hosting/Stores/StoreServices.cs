using Issuer.Core.Policies;
using Issuer.Storage;
using Issuer.Storage.Pki;

namespace Issuer.Server.Hosting.Stores;

/// <summary>An opened store in the container: each part by itself, none of them all.</summary>
static class StoreServices
{
    public static void AddStore(this IServiceCollection services, StoreSetup setup, OpenedStore opened)
    {
        var data = new DataFolder(setup.DataDirectory);
        services.AddSingleton(setup).AddSingleton(setup.Clock).AddSingleton(data).AddSingleton(opened.Environment)
            .AddSingleton(opened.Secret).AddSingleton(new JobLocks(opened.Store))
            .AddSingleton(new KeyFiles(data.Keys, opened.Environment.IsDevelopment))
            .AddSingleton<PolicySource>().AddSingleton<PoliciesNow>().AddSingleton<NationalClock>()
            .AddSingleton<EnterStore>().AddSingleton<WriteProbe>();
        services.AddParts(opened.Store);
    }

    static void AddParts(this IServiceCollection services, Store store) => services
        .AddSingleton(store.Records).AddSingleton(store.FacilityRecords).AddSingleton(store.HeldRecords)
        .AddSingleton(store.Holds).AddSingleton(store.SignedHistory)
        .AddSingleton(store.Lots).AddSingleton(store.Imports)
        .AddSingleton(store.Policies).AddSingleton(store.Identity).AddSingleton(store.Worklist)
        .AddSingleton(store.CourseQuestions).AddSingleton(store.Registry).AddSingleton(store.AwaitedAnswers)
        .AddSingleton(store.CleaningLists)
        .AddSingleton(store.SubjectProposals).AddSingleton(store.Duplicates).AddSingleton(store.ConfirmedDoses)
        .AddSingleton(store.HandOuts).AddSingleton(store.HandOutAllowances).AddSingleton(store.PersonsOnRecord)
        .AddSingleton(store.Facilities).AddSingleton(store.Approvals)
        .AddSingleton(store.Authority).AddSingleton(store.Reports)
        .AddSingleton(store.Progress).AddSingleton(store.Certificates).AddSingleton(store.Lineages)
        .AddSingleton(store.Holders).AddSingleton(store.Revocations).AddSingleton(store.BulkRevocations)
        .AddSingleton(store.StandingRevocations).AddSingleton(store.KeyWithdrawals).AddSingleton(store.Pki)
        .AddSingleton(store.Publications).AddSingleton(store.Gateway).AddSingleton(store.Settings)
        .AddSingleton(store.Counts).AddSingleton(store.Invariants)
        .AddSingleton(new StoreDescription(store.Description));
}

/// <summary>Which engine, and where, in words for people.</summary>
sealed record StoreDescription(string Text);

using System.Reflection;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Storage;
using Issuer.Tests.Storage;

namespace Issuer.Tests.Certificates;

public sealed class ReservedCertificateTests : IAsyncDisposable
{
    const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    readonly Clinic clinic = new();

    [Fact]
    public void It_is_redeemed_once()
    {
        var prepared = Prepare(42);
        var reserved = Assert.Single(ReservedCertificate.Of([prepared], [new ReservedSlot(prepared.Slot, 7)]));

        Assert.Equal(prepared.ToBeSigned.ToArray(), reserved.Redeem().ToArray());
        Assert.Same(clinic.Dsc.Own, reserved.Dsc);

        Assert.Throws<InvalidOperationException>(() => reserved.Redeem());
        Assert.Throws<InvalidOperationException>(() => reserved.Redeem());
    }

    [Fact]
    public async Task Of_many_who_redeem_it_at_once_one_gets_the_bytes()
    {
        for (var round = 0; round < 200; round++)
        {
            var prepared = Prepare(round);
            var reserved = ReservedCertificate.Of([prepared], [new ReservedSlot(prepared.Slot, 7)])[0];
            using var start = new Barrier(4);

            var redeemed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    try
                    {
                        return reserved.Redeem().Length;
                    }
                    catch (InvalidOperationException)
                    {
                        return 0;
                    }
                },
                default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Assert.Equal(prepared.ToBeSigned.Length, Assert.Single(redeemed, length => length > 0));
        }
    }

    [Fact]
    public void What_was_prepared_is_reserved_once()
    {
        var prepared = Prepare(42);
        ReservedSlot stored = new(prepared.Slot, 7);

        Assert.Throws<InvalidOperationException>(() => ReservedCertificate.Of([prepared], [stored, stored]));
        Assert.Throws<InvalidOperationException>(() => ReservedCertificate.Of([prepared], [stored]));
    }

    [Fact]
    public void A_store_cannot_name_what_was_never_prepared() => Assert.Throws<InvalidOperationException>(
        () => ReservedCertificate.Of([Prepare(42)], [new ReservedSlot(new Slot(43), 7)]));

    [Fact]
    public void What_the_store_left_out_is_not_reserved()
    {
        var (left, kept) = (Prepare(42), Prepare(43));

        var reserved = ReservedCertificate.Of([left, kept], [new ReservedSlot(kept.Slot, 7)]);

        Assert.Equal(kept.Slot, Assert.Single(reserved).Slot);
    }

    [Theory]
    [InlineData(typeof(ReservedCertificate))]
    [InlineData(typeof(PreparedCertificate))]
    public void Nobody_outside_makes_or_copies_one(Type token)
    {
        Assert.True(token.IsSealed && token.IsClass);
        Assert.DoesNotContain(token.GetConstructors(Any), IsVisible);
        Assert.DoesNotContain(token.GetMethods(Any), m => m.Name.Contains("Clone", StringComparison.Ordinal));
        Assert.DoesNotContain(token.GetFields(Any), field => field.IsPublic || field.IsFamily);
        Assert.DoesNotContain(token.GetProperties(Any), property => property.SetMethod is not null);
        Assert.Empty(token.GetInterfaces());
    }

    /// <summary>Whoever gets one from a public member of ours got it from a reserve step.</summary>
    [Fact]
    public void No_public_member_hands_one_out()
    {
        var members = new[] { typeof(ReservedCertificate).Assembly, typeof(Store).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .SelectMany(type => type.GetMethods(Any).Where(IsVisible))
            .Where(method => Mentions(method.ReturnType) || method.GetParameters().Any(p => p.IsOut && Mentions(p)));

        Assert.Empty(members.Select(method => $"{method.DeclaringType}.{method.Name}"));

        static bool Mentions(object of) => of.ToString()!.Contains(
            nameof(ReservedCertificate), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signer_takes_nothing_else()
    {
        var sign = Assert.Single(typeof(ICertificateSigner).GetMethods());

        Assert.Equal(
            [typeof(IReadOnlyList<ReservedCertificate>), typeof(CancellationToken)],
            sign.GetParameters().Select(p => p.ParameterType));
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    PreparedCertificate Prepare(long slot)
    {
        var context = clinic.ContextAt(Given.Now);
        var person = new SubjectIdentity("Nguyễn", "Thị Đào", Sex.Female, PartialDate.Parse("1985-02-03"), []);
        var entitlement = new Entitlement(
            new Dose(2, Given.Facility, "EU/1/21/1529", 2, null, new DateOnly(2021, 10, 29), true, false),
            Course.Policy.FindProduct("AstraZeneca")!, 2, 2);
        var (prepared, faults) = PrepareCertificates.Prepare(
            new DueSubject(1, 1, person, [], null), entitlement, null, clinic.Dsc,
            context.Validity.ExpiryOf(Given.Now), new Slot(slot), new byte[Uvci.RandomLength], context);
        Assert.Empty(faults);
        return prepared!;
    }
}

using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Tests.Storage;

namespace Issuer.Tests.Certificates;

public sealed class PrepareCertificatesTests : IAsyncDisposable
{
    static readonly SubjectIdentity Person = new(
        "Nguyễn", "Thị Đào", Sex.Female, PartialDate.Parse("1985-02-03"), []);

    readonly Clinic clinic = new();

    [Fact]
    public void The_content_is_the_decision_and_everything_else_is_the_policys()
    {
        var prepared = Prepare(Person).Prepared!;
        var entry = (VaccinationEntry)prepared.Cwt.Dcc.Entry;

        Assert.Equal(
            new PersonName("Nguyễn", "Thị Đào", "NGUYEN", "THI<DAO"), prepared.Cwt.Dcc.Name);
        Assert.Equal("1985-02-03", prepared.Cwt.Dcc.DateOfBirth);
        Assert.Equal(
            ("840539006", "VN", "Bộ Y tế", "29061000087103", "EU/1/21/1529", "ORG-100001699", 2, 2),
            (entry.Disease, entry.Country, entry.Issuer, entry.Prophylaxis, entry.Product, entry.Holder,
                entry.DoseNumber, entry.SeriesDoses));
        Assert.Equal(("VN", Given.Now), (prepared.Cwt.Issuer, prepared.Cwt.IssuedAt));
        Assert.Equal(new DateTimeOffset(2027, 3, 1, 17, 0, 0, TimeSpan.Zero), prepared.Cwt.ExpiresAt);
        Assert.Equal(clinic.Dsc.Own.Kid, prepared.Kid);
        Assert.True(Uvci.TryParse(entry.CertificateIdentifier, out var uvci) && uvci.Slot == prepared.Slot);
    }

    [Fact]
    public void The_prepared_bytes_say_what_was_intended()
    {
        var prepared = Prepare(Person).Prepared!;

        Assert.True(HcertReader.TryReadCose(
            CoseSign1.Assemble(prepared.ToBeSigned.Span, new byte[64]), out var read, out _));
        Assert.Equal(prepared.Cwt.Dcc, read.Dcc);
        Assert.Equal((CoseAlgorithm.ES256, prepared.Kid), (read.Algorithm, read.Kid));
    }

    [Theory]
    [InlineData("", "Nay")]
    [InlineData("Nay", "")]
    public void A_one_word_name_is_the_family_name(string family, string given)
    {
        var name = Prepare(Person with { FamilyName = family, GivenName = given }).Prepared!.Cwt.Dcc.Name;

        Assert.Equal(new PersonName("Nay", null, "NAY", null), name);
    }

    [Fact]
    public void What_was_typed_in_NFD_is_signed_in_NFC()
    {
        var record = Given.Record(Given.Foreigner() with
        {
            FamilyName = "Nguye\u0302\u0303n",
            GivenName = "Thi\u0323 Hoa\u0300",
        });

        var name = Prepare(SubjectIdentity.OfForeigner(record)).Prepared!.Cwt.Dcc.Name;

        Assert.Equal(("Nguyễn", "Thị Hoà"), (name.FamilyName, name.GivenName));
        Assert.Equal(("NGUYEN", "THI<HOA"), (name.StandardisedFamilyName, name.StandardisedGivenName));
    }

    [Theory]
    [InlineData("1985")]
    [InlineData("1985-02")]
    public void A_birth_date_known_in_part_is_signed_in_part(string born) => Assert.Equal(
        born, Prepare(Person with { DateOfBirth = PartialDate.Parse(born) }).Prepared!.Cwt.Dcc.DateOfBirth);

    [Fact]
    public void A_long_name_is_cut_only_in_its_standardised_form()
    {
        var name = Prepare(Person with { GivenName = new string('Ä', 80) }).Prepared!.Cwt.Dcc.Name;

        Assert.Equal((80, 80), (name.GivenName!.Length, name.StandardisedGivenName!.Length));
    }

    [Theory]
    [InlineData("family-name-too-long")]
    [InlineData("name-in-nfd")]
    [InlineData("born-after-the-dose")]
    [InlineData("dose-in-the-future")]
    [InlineData("wrong-holder")]
    [InlineData("wrong-prophylaxis")]
    [InlineData("unknown-product")]
    [InlineData("another-disease")]
    [InlineData("another-country")]
    [InlineData("empty-issuer")]
    [InlineData("expires-after-the-DSC")]
    [InlineData("expires-before-it-begins")]
    public void A_lint_fault_leaves_nothing_prepared(string fault)
    {
        var (prepared, faults) = fault switch
        {
            "family-name-too-long" => Prepare(Person with { FamilyName = new string('a', 81) }),
            "name-in-nfd" => Prepare(Person with { GivenName = "Hoa\u0300" }),
            "born-after-the-dose" => Prepare(Person with { DateOfBirth = PartialDate.Parse("2022") }),
            "dose-in-the-future" => Prepare(Person, vaccinatedOn: new DateOnly(2026, 3, 3)),
            "wrong-holder" => Prepare(Person, change: p => p with { Holder = "ORG-100030215" }),
            "wrong-prophylaxis" => Prepare(Person, change: p => p with { Prophylaxis = "1119349007" }),
            "unknown-product" => Prepare(Person, change: p => p with { Code = "Nanocovax" }),
            "another-disease" => Prepare(Person, policy: Course.Policy with { Disease = "1" }),
            "another-country" => Prepare(Person, policy: Course.Policy with { Country = "LA" }),
            "empty-issuer" => Prepare(Person, policy: Course.Policy with { Issuer = "" }),
            "expires-after-the-DSC" => Prepare(Person, expiresAt: Given.Now.AddYears(3)),
            _ => Prepare(Person, expiresAt: Given.Now),
        };

        Assert.Null(prepared);
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Only_what_the_certificate_says_makes_a_new_one_needed()
    {
        var digest = Digest(Person);

        Assert.Equal(digest, Digest(Person with { Sex = Sex.Male, Documents = ["VNM:1"] }));
        Assert.NotEqual(digest, Digest(Person with { GivenName = "Thị Đao" }));
        Assert.NotEqual(digest, Digest(Person with { DateOfBirth = PartialDate.Parse("1985") }));
        Assert.NotEqual(digest, Digest(Person, Given.Today));
    }

    [Theory]
    [InlineData("Nguyễn", "Thị Đào", true)]
    [InlineData("Nguyễn", "Thị Đao", false)]
    [InlineData("Nay", "", true)]
    [InlineData("", "Nay", true)]
    [InlineData("", "Nguyễn", false)]
    public void A_certificate_says_what_it_was_decided_on_whichever_name_a_single_one_was(
        string family, string given, bool says)
    {
        var name = given == "Thị Đao" ? Person : Person with { FamilyName = family, GivenName = given };
        var dcc = Prepare(says ? name : Person).Prepared!.Cwt.Dcc;
        var digest = Digest(Person with { FamilyName = family, GivenName = given });

        Assert.Equal(says, PrepareCertificates.Says(dcc, (VaccinationEntry)dcc.Entry, digest));
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    static byte[] Digest(SubjectIdentity person, DateOnly? on = null) => PrepareCertificates.ContentDigest(
        new DueSubject(1, 1, person, [], null), EntitlementOn(on ?? new DateOnly(2021, 10, 29)), Course.Policy);

    static Entitlement EntitlementOn(DateOnly day) => new(
        new Dose(2, Given.Facility, "EU/1/21/1529", 2, null, day, true, false),
        Course.Policy.FindProduct("AstraZeneca")!, 2, 2);

    (PreparedCertificate? Prepared, IReadOnlyList<string> LintFaults) Prepare(
        SubjectIdentity person, DateOnly? vaccinatedOn = null, Func<LicensedProduct, LicensedProduct>? change = null,
        CertificationPolicy? policy = null, DateTimeOffset? expiresAt = null)
    {
        var context = clinic.ContextAt(Given.Now) with { Policy = policy ?? Course.Policy };
        var entitlement = EntitlementOn(vaccinatedOn ?? new DateOnly(2021, 10, 29));
        return PrepareCertificates.Prepare(
            new DueSubject(1, 1, person, [], null),
            entitlement with { Product = change?.Invoke(entitlement.Product) ?? entitlement.Product }, null, clinic.Dsc,
            expiresAt ?? context.Validity.ExpiryOf(Given.Now), new Slot(42), new byte[Uvci.RandomLength], context);
    }
}

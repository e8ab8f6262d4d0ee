using System.Text;
using System.Text.Json.Nodes;
using Issuer.Core.Gateway;
using Issuer.Core.Identity;
using Issuer.Core.Pki;
using Issuer.Core.Policies;
using Issuer.Core.Publication;

namespace Issuer.Tests.Policies;

public sealed class PolicyDocumentTests
{
    /// <summary>A store may hold versions of before; they are read as they were.</summary>
    static readonly (string Kind, string Member)[] CameLater = [("exempt-cap", "ceilings")];

    public static TheoryData<string> Kinds => [.. PolicyKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_ships_a_document_that_is_read_back_as_it_was_written(string name)
    {
        var shipped = PolicyKinds.Find(name)!.Shipped;
        var (document, faults) = Read(shipped.Text);

        Assert.Empty(faults);
        Assert.Equal((shipped.Text, name), (document!.Text, document.Kind.Name));
        Assert.Equal(shipped.Digest, document.Digest);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_member_of_every_kind_is_required_and_nothing_else_is_taken(string name)
    {
        var members = JsonNode.Parse(PolicyKinds.Find(name)!.Shipped.Text)!.AsObject();
        foreach (var member in members.Select(pair => pair.Key))
        {
            var without = members.DeepClone().AsObject();
            without.Remove(member);
            if (!CameLater.Contains((name, member)))
            {
                Assert.Contains(new PolicyFault(member, "is missing"), Read(without.ToJsonString()).Faults);
            }

            var ofAnotherType = members.DeepClone().AsObject();
            ofAnotherType[member] = new JsonArray(new JsonArray());
            Assert.Contains(
                Read(ofAnotherType.ToJsonString()).Faults,
                fault => fault.Path.StartsWith(member, StringComparison.Ordinal)
                    && fault.What.StartsWith("must be ", StringComparison.Ordinal));
        }
        members["extra"] = 1;
        Assert.Equal([new PolicyFault("extra", "is not a known member")], Read(members.ToJsonString()).Faults);
    }

    [Fact]
    public void What_ships_says_what_the_program_does_by_default()
    {
        Assert.Equal(ValidityPolicy.Default, PolicyKinds.Validity.Shipped.Of(PolicyKinds.Validity));
        Assert.Empty(PolicyKinds.Signing.Shipped.Of(PolicyKinds.Signing).FacilitiesWithOwnDsc);
        Assert.Equal(PublicationPolicy.Default, PolicyKinds.Publication.Shipped.Of(PolicyKinds.Publication));
        Assert.Equal(GatewayPolicy.Default, PolicyKinds.Gateway.Shipped.Of(PolicyKinds.Gateway));
        Assert.Equal(ExemptCap.Default, PolicyKinds.ExemptCap.Shipped.Of(PolicyKinds.ExemptCap));
    }

    [Fact]
    public void All_faults_are_named_together_each_with_its_path() => Assert.Equal(
        [
            "validFrom: must be a day such as 2026-09-02",
            "country: must be two capital letters (ISO 3166)",
            "issuer: must be 1 to 200 characters in NFC, without control characters or spaces around them",
            "attestation: must be one of last-dose, every-dose",
            "requireCompleteCourse: must be true or false",
            "products[0].names[1]: appears twice",
            "products[0].primaryDoses: must be a whole number from 1 to 9",
            "products[0].licensedFrom: is missing",
            "products[0].holder: must be ORG-100001699",
            "products[0].more: is not a known member",
            "products[1]: must be an object",
            "products: the name A appears twice",
            "disease: appears twice",
        ],
        Read("""
            {
              "kind": "certification", "validFrom": "1.1.2026", "country": "vn", "issuer": "Bo\u0302 Y te",
              "disease": "840539006", "disease": "1", "attestation": "any", "requireCompleteCourse": "yes",
              "products": [
                {
                  "code": "EU/1/21/1529", "names": ["A", "A"], "holder": "me", "prophylaxis": "29061000087103",
                  "primaryDoses": 0, "more": 1
                },
                7
              ]
            }
            """).Faults.Select(fault => fault.ToString()).OrderBy(text => text.StartsWith("disease", default)));

    [Theory]
    [InlineData("", "is not JSON: line 1, byte 1")]
    [InlineData("{\"kind\":", "is not JSON: line 1, byte 9")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("{}", "kind: is missing")]
    [InlineData("""{"kind":"weather"}""",
        "kind: must be one of certification, plausibility, validity, signing, feedback, publication, gateway, "
        + "exempt-cap, budgets, stock, holds")]
    [InlineData("""{"kind":"exempt-cap","validFrom":"2026-01-01","least":1,"percent":2,"\ud800":3}""",
        "has a member whose name is not well-formed Unicode")]
    [InlineData("""{"kind":"signing","validFrom":"2026-01-01","facilitiesWithOwnDsc":["\ud800"]}""",
        "facilitiesWithOwnDsc[0]: is not well-formed Unicode")]
    [InlineData("""{"kind":"exempt-cap","validFrom":"2026-01-01","least":1e2,"percent":101}""",
        "least: must be a whole number from 0 to 100000; percent: must be a whole number from 0 to 100")]
    [InlineData(
        """
        {"kind":"validity","validFrom":"2026-02-30","months":12,"utcOffsetHours":7,"endOfDay":true,
        "regenerationWindowDays":336,"regenerationSpreadDays":337}
        """,
        "validFrom: must be a day such as 2026-09-02; regenerationWindowDays: must be shorter than the months; "
            + "regenerationSpreadDays: must not be longer than regenerationWindowDays")]
    [InlineData("""{"kind":"publication","validFrom":"2026-01-01","roundMinutes":7,"freshHours":1,"deltasKept":0}""",
        "deltasKept: must be a whole number from 1 to 1000; roundMinutes: must divide the 1440 minutes of a day")]
    [InlineData(
        """{"kind":"publication","validFrom":"2026-01-01","roundMinutes":360,"freshHours":6,"deltasKept":9}""",
        "freshHours: must be longer than a round")]
    [InlineData(
        """{"kind":"gateway","validFrom":"2026-01-01","mostLostPercent":20,"beginning":"2021-06-01T00:00:00+07:00"}""",
        "beginning: must be an instant such as 2026-09-02T00:00:00Z")]
    public void A_document_that_breaks_a_rule_is_refused(string json, string faults) => Assert.Equal(
        faults.Split("; ").Order(), Read(json).Faults.Select(fault => fault.ToString()).Order());

    [Fact]
    public void A_version_of_before_there_were_ceilings_is_read_with_the_shipped_ones() => Assert.Equal(
        new ExemptCap(7, 3),
        Read("""{"kind":"exempt-cap","validFrom":"2026-01-01","least":7,"percent":3}""").Document!
            .Of(PolicyKinds.ExemptCap));

    [Fact]
    public void A_week_without_a_day_of_work_is_refused()
    {
        var members = JsonNode.Parse(PolicyKinds.Feedback.Shipped.Text)!.AsObject();
        members["daysOff"] = new JsonArray(
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
        Assert.Equal(
            [new PolicyFault("daysOff", "must leave a day of work in the week")], Read(members.ToJsonString()).Faults);
    }

    [Fact]
    public void A_document_too_long_or_too_deep_is_not_read()
    {
        Assert.Equal("is longer than 262144 bytes", Assert.Single(Read(new string(' ', 262_145)).Faults).What);
        Assert.StartsWith(
            "is not JSON", Assert.Single(Read(new string('[', 9) + new string(']', 9)).Faults).What,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Order_blanks_and_escapes_make_no_other_document()
    {
        const string one = """{"kind":"signing","validFrom":"2026-01-01","facilitiesWithOwnDsc":["Đ-1"]}""";
        const string other = """
            { "facilitiesWithOwnDsc": [ "\u0110-1" ], "validFrom": "2026-01-01", "kind": "signing" }
            """;
        var document = Read(one).Document!;

        Assert.Equal(document.Digest, Read("\uFEFF" + other).Document!.Digest);
        Assert.Equal(
            """{"facilitiesWithOwnDsc":["Đ-1"],"kind":"signing","validFrom":"2026-01-01"}""", document.Text);
        Assert.NotEqual(
            document.Digest, Read(one.Replace("2026-01-01", "2026-01-02", StringComparison.Ordinal)).Document!.Digest);
    }

    static PolicyReading Read(string json) => PolicyDocument.Read(Encoding.UTF8.GetBytes(json));
}

using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Hcert;

namespace Issuer.Core.Policies;

/// <summary>The members of a <c>certification</c> policy.</summary>
static class CertificationMembers
{
    const int MostProducts = 100;
    const int MostNames = 20;
    const int MostPrimaryDoses = 9;

    public static CertificationPolicy Read(PolicyFields fields, DateOnly validFrom)
    {
        var country = fields["country"].Text();
        fields.Require(
            "country", country.Length is 0 || (country.Length == 2 && country.All(char.IsAsciiLetterUpper)),
            "must be two capital letters (ISO 3166)");
        var issuer = fields["issuer"].Text();
        var disease = fields["disease"].Text();
        var attestation = fields["attestation"].Word<AttestationPolicy>();
        var isComplete = fields["requireCompleteCourse"].Flag();
        var products = fields["products"].List(MostProducts, item => item.Members(ReadProduct))
            .OfType<LicensedProduct>().ToList();
        fields.Require("products", products.Count > 0, "must name at least one product");
        var repeated = products.SelectMany(product => product.Names.Append(product.Code))
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(name => name.Count() > 1);
        fields.Require("products", repeated is null, $"the name {repeated?.Key} appears twice");
        // With a name twice it cannot be built; nobody looks at it then.
        return new CertificationPolicy(
            validFrom, country, issuer, disease, attestation, isComplete, repeated is null ? products : []);
    }

    static LicensedProduct ReadProduct(PolicyFields fields)
    {
        var product = new LicensedProduct(
            fields["code"].Text(), fields["names"].Set(MostNames, name => name.Text()), fields["holder"].Text(),
            fields["prophylaxis"].Text(), fields["primaryDoses"].Whole(1, MostPrimaryDoses),
            fields["licensedFrom"].Day());
        if (product.Code.Length > 0)
        {
            // What verifiers abroad would not find in their value sets must not be signed.
            var known = ValueSets.FindProduct(product.Code);
            fields.Require("code", known is not null, "is not in the value sets");
            fields.Require("holder", known is null || known.Holder == product.Holder, $"must be {known?.Holder}");
            fields.Require("prophylaxis", known is null || known.Prophylaxes.Contains(product.Prophylaxis),
                $"must be one of {string.Join(", ", known?.Prophylaxes ?? [])}");
        }
        return product;
    }
}

using FsCheck;
using FsCheck.Fluent;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class UvciTests
{
    static readonly byte[] Random = [.. Enumerable.Range(200, Uvci.RandomLength).Select(value => (byte)value)];

    // The second stands in the comment of eu-dcc-schema's luhn_mod_n.py with S, but that program itself answers H.
    [Theory]
    [InlineData("URN:UVCI:01:NL:187/37512422923", 'Z')]
    [InlineData("URN:UVCI:01:NL:MY/INPUT/STRING", 'H')]
    [InlineData("URN:UVCI:01:SE:EHM/V12916227TFJJ", 'Q')]
    public void The_check_character_is_that_of_the_reference(string text, char expected) =>
        Assert.Equal(expected, Uvci.CheckCharacter(text));

    [Fact]
    public void A_check_character_of_anything_outside_its_alphabet_is_refused() =>
        Assert.Throws<ArgumentException>(() => Uvci.CheckCharacter("urn:uvci:01"));

    [Fact]
    public void A_minted_identifier_has_the_form_of_the_specification()
    {
        var text = Uvci.Mint(new Slot(1), Random).ToString();
        Assert.Matches("^URN:UVCI:01:VN:[0-9A-HJKMNP-TV-Z]{27}#[A-Z0-9/:]$", text);
        Assert.Equal("0000001", text.Substring(15, 7));
    }

    [Fact]
    public void Any_slot_and_chance_come_back_from_the_text() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<long>(),
            ArbMap.Default.ArbFor<byte[]>(),
            (number, bytes) =>
            {
                var slot = new Slot(number & (Slot.Count - 1));
                var random = new byte[Uvci.RandomLength];
                bytes.AsSpan(0, Math.Min(bytes.Length, random.Length)).CopyTo(random);
                var minted = Uvci.Mint(slot, random, "FR");
                return Uvci.TryParse(minted.ToString(), out var read) && read == minted && read.Slot == slot;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void All_hundred_random_bits_count_and_the_top_four_do_not()
    {
        var seen = new HashSet<string>();
        for (var bit = 0; bit < 104; bit++)
        {
            var random = new byte[Uvci.RandomLength];
            random[bit / 8] = (byte)(128 >> (bit % 8));
            seen.Add(Uvci.Mint(new Slot(7), random).ToString());
        }
        Assert.Equal(101, seen.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("URN:UVCI:01:NL:187/37512422923#Z")]
    [InlineData("URN:UVCI:01:VN:0000001XXXXXXXXXXXXXXXXXXXX")]
    public void Other_issuers_forms_are_not_ours(string? text) => Assert.False(Uvci.TryParse(text, out _));

    [Fact]
    public void Any_single_character_changed_is_noticed()
    {
        var text = Uvci.Mint(new Slot(987654321), Random).ToString();
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.False(Uvci.TryParse(new string(changed), out _), $"place {i}");
        }
    }

    [Theory]
    [InlineData(12)]
    [InlineData(14)]
    public void Chance_has_thirteen_bytes(int length) =>
        Assert.Throws<ArgumentException>(() => Uvci.Mint(new Slot(1), new byte[length]));

    [Fact]
    public void No_identifier_is_written_as_nothing() => Assert.Equal("", default(Uvci).ToString());

    [Theory]
    [InlineData("I")]
    [InlineData("0L")]
    [InlineData("a")]
    public void Look_alikes_and_lower_case_are_not_read(string text) => Assert.False(Crockford32.TryRead(text, out _));

    [Theory]
    [InlineData(-1)]
    [InlineData(Slot.Count)]
    public void A_slot_outside_35_bits_cannot_be_made(long value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Slot(value));

    [Theory]
    [InlineData("vn")]
    [InlineData("VNM")]
    [InlineData("")]
    public void A_country_that_is_no_alpha_2_is_refused(string country) =>
        Assert.Throws<ArgumentException>(() => Uvci.Mint(new Slot(1), Random, country));
}

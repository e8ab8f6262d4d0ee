using System.Globalization;
using Issuer.Hcert;

namespace Issuer.Core.Records;

/// <summary>Reads fields of a row into text, collecting their faults.</summary>
sealed class FieldReader(List<Fault> faults)
{
    public void Add(string field, FaultCode code, Expected? expected = null) => Add(new Fault(field, code, expected));

    public void Add(Fault fault)
    {
        // What could not be read is not missing as well.
        if (!fault.Is(FaultCode.Missing) || !faults.Exists(f => f.Field == fault.Field))
        {
            faults.Add(fault);
        }
    }

    /// <summary>Trimmed and in NFC; empty when missing or faulty.</summary>
    public string Text(string field, string? typed, int longest)
    {
        // Unpaired surrogates cannot be normalised, stored or signed; they count as control characters.
        if (typed is null || typed.Length == 0)
        {
            return "";
        }
        if (typed.Length > 4 * longest)
        {
            Add(field, FaultCode.TooLong, Expected.AtMost(longest));
            return "";
        }
        if (!Vocabulary.IsPlainText(typed))
        {
            Add(field, FaultCode.ControlCharacter);
            return "";
        }
        var text = CanonicalText.ToNfc(typed.Trim());
        if (text.Length > longest)
        {
            Add(field, FaultCode.TooLong, Expected.AtMost(longest));
            return "";
        }
        if (text.Length == 0 || Vocabulary.IsNothing(text))
        {
            return "";
        }
        // CSV files of ours are opened in spreadsheets again; a cell that would run there never enters.
        if (text[0] is '=' or '+' or '@' || (text[0] == '-' && !IsDashedName(text)))
        {
            Add(field, FaultCode.Formula);
            return "";
        }
        if (text[0] == '#' && Vocabulary.SpreadsheetErrors.Contains(text.ToUpperInvariant()))
        {
            Add(field, FaultCode.SpreadsheetError);
            return "";
        }
        return text;
    }

    /// <summary>What may be left out: words for "there is none" are nothing too.</summary>
    public string Optional(string field, string? typed, int longest) =>
        Text(field, typed, longest) is var text && Vocabulary.IsNotGiven(text) ? "" : text;

    public string Required(string field, string? typed, int longest)
    {
        var before = faults.Count;
        var text = Text(field, typed, longest);
        if (text.Length == 0 && faults.Count == before)
        {
            Add(field, FaultCode.Missing);
        }
        return text;
    }

    /// <summary>Inner white space collapsed; 80 characters are what the DCC allows.</summary>
    /// <param name="isVietnamese">Only letters that Vietnamese people have in their names.</param>
    public string Name(string field, string? typed, bool isVietnamese = false)
    {
        // A line broken inside a spreadsheet's cell is a space to whoever reads it.
        var spaced = typed?.Replace('\n', ' ').Replace('\r', ' ');
        var text = string.Join(
            ' ', Text(field, spaced, 80).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length > 0 && !text.Any(char.IsLetter))
        {
            Add(field, FaultCode.NoLetter);
        }
        if (DamagedLetters.Of(text, isVietnamese) is not null)
        {
            Add(field, FaultCode.DamagedLetters);
        }
        return text;
    }

    /// <summary>A dash before letters runs nowhere.</summary>
    static bool IsDashedName(string text) =>
        text.Any(char.IsLetter) && text.All(c => char.IsLetter(c) || c is '-' or ' ' or '.' or '’');

    public T? Choice<T>(string field, string? typed, IReadOnlyDictionary<string, T> words, FaultCode code)
        where T : struct => Choice(field, typed, words, field => new Fault(field, code));

    /// <param name="unknown">The fault of a field that holds another word.</param>
    public T? Choice<T>(string field, string? typed, IReadOnlyDictionary<string, T> words, Func<string, Fault> unknown)
        where T : struct
    {
        var before = faults.Count;
        var text = Optional(field, typed, 40);
        if (words.TryGetValue(text.ToLowerInvariant(), out var value))
        {
            return value;
        }
        if (text.Length > 0 && faults.Count == before)
        {
            Add(unknown(field));
        }
        return null;
    }

    public long? Number(string field, string? typed, long highest, FaultCode code)
    {
        var before = faults.Count;
        var text = Optional(field, typed, 20);
        if (text.Length == 0)
        {
            return null;
        }
        // A spreadsheet's 2 may come as 2.0.
        text = text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= highest)
        {
            return number;
        }
        if (faults.Count == before)
        {
            Add(field, code);
        }
        return null;
    }
}

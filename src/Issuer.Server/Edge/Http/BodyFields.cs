using System.Globalization;
using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Server.Hosting;
using Issuer.Verification;

namespace Issuer.Server.Edge.Http;

/// <summary>The members of a small JSON object, each read as what it must be; all faults are told together.</summary>
sealed class BodyFields
{
    const int LongestText = 500;

    readonly List<Fault> faults = [];
    readonly IReadOnlyDictionary<string, JsonElement> members;

    BodyFields(JsonElement json, IReadOnlySet<string> known) => members = JsonMembers.Of(json, known, faults);

    /// <param name="read">Asks for every member; what it makes is used only when there was no fault.</param>
    public static async Task<T> ReadAsync<T>(
        HttpRequest request, IReadOnlySet<string> known, Func<BodyFields, T> read, CancellationToken cancel)
    {
        using var body = await RequestBody.JsonAsync(request, cancel);
        return body.RootElement.ValueKind == JsonValueKind.Object
            ? Read(body.RootElement, known, read)
            : throw new RefusedException(new Rejection(RejectionKind.Malformed, RequestBody.NoObject));
    }

    /// <param name="read">Asks for every member; what it makes is used only when there was no fault.</param>
    public static T Read<T>(JsonElement json, IReadOnlySet<string> known, Func<BodyFields, T> read)
    {
        var fields = new BodyFields(json, known);
        var value = read(fields);
        return fields.faults.Count == 0
            ? value
            : throw new RefusedException(new Rejection(RejectionKind.Invalid, "the body is refused", fields.faults));
    }

    public string Text(string name)
    {
        var text = Find(name, JsonValueKind.String) is { } value
            ? JsonMembers.TextOf(name, value, faults)?.Trim()
            : null;
        if (text is "" || text?.Length > LongestText || text?.Any(char.IsControl) == true)
        {
            faults.Add(
                text.Length == 0 ? new Fault(name, FaultCode.Missing)
                : text.Length > LongestText ? new Fault(name, FaultCode.TooLong, Expected.AtMost(LongestText))
                : new Fault(name, FaultCode.ControlCharacter));
        }
        return text ?? "";
    }

    /// <summary>Null when it is not there.</summary>
    public string? OptionalText(string name) => Has(name) ? Text(name) : null;

    /// <summary>Null when it is not there.</summary>
    public DateTimeOffset? OptionalInstant(string name)
    {
        var instant = Has(name) ? Instants.Parse(Text(name), _ => { }) : null;
        if (Has(name) && instant is null)
        {
            faults.Add(new Fault(name, RequestFaultCode.BadInstant));
        }
        return instant;
    }

    public DateOnly Day(string name)
    {
        var text = Text(name);
        if (!DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && text.Length > 0)
        {
            faults.Add(new Fault(name, FaultCode.BadDate));
        }
        return day;
    }

    /// <summary>Null when it is none.</summary>
    public RevocationReason? Reason(string name)
    {
        if (Find(name, JsonValueKind.String) is not { } value)
        {
            return null;
        }
        if (RevocationReasons.TryRead(JsonMembers.TextOf(name, value, faults), out var reason))
        {
            return reason;
        }
        faults.Add(new Fault(name, RequestFaultCode.NotListed, Expected.OneOf(RevocationReasons.All)));
        return null;
    }

    public void Add(Fault fault) => faults.Add(fault);

    public void Require(bool holds, Fault fault)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }

    /// <summary>A member that is there and not null.</summary>
    public bool Has(string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public long Whole(string name, long least, long most)
    {
        if (Find(name, JsonValueKind.Number) is not { } value)
        {
            return least;
        }
        if (value.TryGetInt64(out var number) && number >= least && number <= most)
        {
            return number;
        }
        faults.Add(new Fault(name, RequestFaultCode.OutOfRange, Expected.Between(least, most)));
        return least;
    }

    /// <summary>An object of another format, as it was sent.</summary>
    public string Json(string name) => Find(name, JsonValueKind.Object)?.GetRawText() ?? "";

    public long Id(string name, OpaqueId ids) =>
        Find(name, JsonValueKind.String) is { } value ? Id(name, value, ids) : 0;

    public IReadOnlyList<long> Ids(string name, OpaqueId ids, int most)
    {
        if (Find(name, JsonValueKind.Array) is not { } list)
        {
            return [];
        }
        if (list.GetArrayLength() is 0 || list.GetArrayLength() > most)
        {
            faults.Add(new Fault(name, RequestFaultCode.OutOfRange, Expected.Items(most)));
            return [];
        }
        return [.. list.EnumerateArray().Select(item => Id(name, item, ids))];
    }

    long Id(string name, JsonElement value, OpaqueId ids)
    {
        if (value.ValueKind == JsonValueKind.String && ids.TryRead(JsonMembers.TextOf(name, value, faults), out var id))
        {
            return id;
        }
        faults.Add(new Fault(name, RequestFaultCode.OutOfRange, Expected.Id));
        return 0;
    }

    JsonElement? Find(string name, JsonValueKind kind)
    {
        if (members.TryGetValue(name, out var value) && value.ValueKind == kind)
        {
            return value;
        }
        faults.Add(value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            ? new Fault(name, FaultCode.Missing)
            : new Fault(name, RequestFaultCode.BadType, kind switch
            {
                JsonValueKind.Number => Expected.Number,
                JsonValueKind.Array => Expected.ListOfText,
                JsonValueKind.Object => Expected.JsonObject,
                _ => Expected.Text,
            }));
        return null;
    }
}

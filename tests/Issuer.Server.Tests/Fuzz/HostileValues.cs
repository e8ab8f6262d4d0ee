namespace Issuer.Server.Tests.Fuzz;

/// <summary>What no clerk types, and some programs do.</summary>
static class HostileValues
{
    /// <summary>As they stand in JSON.</summary>
    public static readonly string[] Json =
    [
        "null", "true", "[]", "{}", "[[]]", "[null]", "0", "-1", "1e400", "9223372036854775808", "-0.0", "1.5",
        "\"\"", "\" \"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"a\\u0001b\"", "\"=1+1\"", "\"💉👩‍👩‍👧\"",
        "\"\\ufeff\\u202e\"", "\"0000-00-00\"", "\"9999-12-31\"", "\"0001-01-01\"", "\"31/02/2026\"", "\"2026-09-01\"",
        "\"1985\"", "\"N/A\"", "\"-\"", "\"không có\"", "\"001185000001\"", "\"KOR:M1\"", "\"01-0001\"",
        "\"fraud\"", "\"other\"", "\"duplicate\"",
        "\"2027-01-15T08:00:00Z\"", "\"-9999999-01-01T00:00:00Z\"", "\"' or 1=1 --\"", "\"../../etc/passwd\"",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}", "{\"\\ud800\":1}",
        $"\"{new string('a', 5000)}\"", $"\"{new string('ễ', 600)}\"", $"[{new string(' ', 3000)}]",
    ];

    /// <summary>For segments of a path and values of a query; they are escaped where they are put.</summary>
    public static readonly string[] Text =
    [
        "", " ", "0", "-1", "1", "50", "200", "201", "99999999999999999999", "null", "true", "false", "nonsense",
        "\u0001",
        "\t", "%", "%zz", "%2f", "..", ".", "a/b", "é", "ễ", "💉", "\ufffd", "\u202e", "'", "\"", "<b>", "01-0001", "01",
        "2027-01-15", "2027-13-45", "9999-12-31", "0001-01-01", "province", "facility", "commune", "not_found",
        "course",
        "0000000000000", "ZZZZZZZZZZZZZ", "7ZZZZZZZZZZZZ", "AAAAAAAAAAA", "AAAAAAAAAAA=", new string('A', 300),
        new string('f', 64),
    ];

    public static readonly string[] Versions =
        ["1", "\"1\"", "W/\"1\"", "\"2\"", "\"99\"", "*", "", "\"", "\"\"", "\"1\", \"2\"", "-1", "1.0",
        "99999999999", "x"];

    public static readonly (string Name, string Value)[] Headers =
    [
        ("Accept", "text/csv"), ("Accept", "image/webp, */*;q=0.1"), ("Accept", "nonsense"), ("Accept", ""),
        ("Accept-Encoding", "gzip, br"), ("Accept-Encoding", "identity;q=0, *;q=0"), ("If-None-Match", "*"),
        ("If-None-Match", "\"x\""), ("If-None-Match", "nonsense, \"\", W/"), ("If-Modified-Since", "yesterday"),
        ("If-Modified-Since", "2022-03-01T10:00Z[UTC]"), ("If-Modified-Since", "9999-12-31T23:59:59+14:00"),
        ("Idempotency-Key", "key"), ("Idempotency-Key", new string('k', 129)), ("Idempotency-Key", "two words"),
        ("X-SLICE-FILTER-TYPE", "VARHASHLIST"), ("X-SLICE-FILTER-TYPE", "x"), ("X-RESUME-TOKEN", "1"),
        ("X-RESUME-TOKEN", "-9223372036854775809"), ("X-RESUME-TOKEN", "x"), ("Content-Encoding", "gzip"),
        ("Content-Encoding", "identity"), ("Range", "bytes=0-0"), ("Range", "bytes=5-1"), ("Range", "bytes=9999999-"),
        ("Expect", "nonsense"), ("Cookie", "a=b"), ("Origin", "https://x.example"), ("X-Forwarded-For",
        "not an address"),
        ("X-HTTP-Method-Override", "DELETE"), ("traceparent", "00-x"), ("Upgrade", "h2c"),
    ];

    public static readonly string[] MediaTypes =
    [
        "application/json", "application/json; charset=klingon", "application/json; charset=utf-16", "text/csv",
        "text/csv; charset=utf-8", "text/csv; charset=windows-1258", "application/x-ndjson", "application/jwk+json",
        "application/x-pem-file", "application/octet-stream", "multipart/form-data; boundary=x", "nonsense", "a/b; c",
        "application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ];
}

/// <summary>
/// A publication and two certificates of 2022, kept as they were published then: what is published once stays readable.
/// </summary>
static class Golden
{
    static readonly DateTimeOffset Published = new(2022, 4, 15, 3, 0, 0, TimeSpan.Zero);

    /// <summary>What the examples of the packages' READMEs should say about them, and what they say.</summary>
    /// <param name="folder">The folder <c>golden</c>.</param>
    public static IEnumerable<(string Expected, string Actual)> Answers(string folder)
    {
        var (valid, revoked) = (Text("valid.txt"), Text("revoked.txt"));
        var changed = valid[..^1] + (valid[^1] == 'A' ? 'B' : 'A');
        var (dsc, anchor) = (Bytes("dsc.der"), Bytes("anchor.pem"));

        yield return ("valid: NGUYEN, born 1972-06-15", OneSigner.Check(valid, dsc, Published));
        yield return ("expired: expired at 2023-04-15T17:00:00Z", OneSigner.Check(valid, dsc, Published.AddDays(366)));
        yield return ("malformed: Compression: the zlib checksum is wrong", OneSigner.Check(changed, dsc, Published));

        var border = new BorderCheck(Bytes("bundle.bin"), anchor, Published, newestSeen: 1);
        yield return ("2", $"{border.Sequence}");
        yield return ("valid: until 2023-04-15T17:00:00Z", border.Check(valid, Published));
        yield return ("revoked: on a revocation list", border.Check(revoked, Published));

        byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(folder, name));
        string Text(string name) => File.ReadAllText(Path.Combine(folder, name)).Trim();
    }
}

using Issuer.Core;

namespace Issuer.Server.Hosting;

/// <summary>
/// What is wrong with a file that somebody named, in plain words. For the command line: paths go no further.
/// </summary>
static class FileFault
{
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>With the path in front.</summary>
    public static string Of(Exception e) =>
        ((e as FileNotFoundException)?.FileName ?? QuotedIn(e.Message)) is { } path
            ? $"{path}: {Words(e, path)}"
            : e.Message;

    /// <summary>Without the path.</summary>
    public static string Words(Exception e, string path) =>
        Directory.Exists(path) ? "is a folder, not a file"
        : e is FileNotFoundException ? "this file does not exist"
        : e is DirectoryNotFoundException ? "this folder does not exist"
        : e is UnauthorizedAccessException ? "this user may not read or write it"
        : e is IOException { InnerException: UnauthorizedAccessException } ? "this user may not write there"
        : File.Exists(path) && e.Message.Contains("already exists", StringComparison.Ordinal)
            ? "is a file, not a folder"
        : e.Message;

    public static FileStream OpenRead(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (Is(e))
        {
            throw new RefusedException(new Rejection(RejectionKind.NotFound, $"{path}: {Words(e, path)}"));
        }
    }

    /// <summary>The platform quotes the path it failed on, and has it nowhere else.</summary>
    static string? QuotedIn(string message) =>
        message.Split('\'') is { Length: >= 3 } parts && parts[1].Length > 0 ? parts[1] : null;
}

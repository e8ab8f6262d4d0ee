using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Issuer.Storage.Pki;

/// <summary>Files that are there whole or not at all, also after a power cut, and that are never overwritten.</summary>
static class DurableFile
{
    /// <summary>False when there is a file of that name already; it stays as it is.</summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(8)}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }
        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(temporary);
        }
        FlushDirectory(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Makes the name durable too. .NET cannot open a directory; Windows does not need it.</summary>
    static void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        const int readOnly = 0;
        var descriptor = Open(Encoding.UTF8.GetBytes(directory + "\0"), readOnly);
        var flushed = descriptor >= 0 && Flush(descriptor) == 0;
        var error = Marshal.GetLastPInvokeError();
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }
        if (!flushed)
        {
            throw new IOException($"The directory {directory} could not be flushed (errno {error}).");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    static extern int Close(int descriptor);
}

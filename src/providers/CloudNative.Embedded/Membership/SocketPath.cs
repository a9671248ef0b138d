using System.Text;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// Where a process's socket stands. The address of an AF_UNIX socket holds 104 bytes on macOS, 108 elsewhere.
/// </summary>
internal static class SocketPath
{
    private const int LongestBytes = 100;

    /// <summary>
    /// A path in <paramref name="directory"/>, or where that gets too long in a new directory of this user below
    /// the temporary one.
    /// </summary>
    public static string Choose(string directory, string id)
    {
        var path = Path.Combine(directory, id + ".sock");
        return Encoding.UTF8.GetByteCount(path) <= LongestBytes
            ? path
            : Path.Combine(Directory.CreateTempSubdirectory("cn-").FullName, "s");
    }

    /// <summary>Removes the socket of a process that is gone, with the directory that was made for it.</summary>
    public static void Remove(string path, string directory)
    {
        if (path.Length == 0)
        {
            return;
        }

        try
        {
            File.Delete(path);
            var parent = Path.GetDirectoryName(path)!;
            if (!string.Equals(parent, Path.TrimEndingDirectorySeparator(directory), StringComparison.Ordinal)
                && Path.GetFileName(parent).StartsWith("cn-", StringComparison.Ordinal))
            {
                Directory.Delete(parent);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Litter; nobody will ever connect to it, since its name is used once.
        }
    }
}

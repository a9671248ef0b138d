using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CloudNative.Local.Running;

namespace CloudNative.Local.Control;

/// <summary>Where a run is controlled: a socket in a folder that only its owner can enter.</summary>
internal static class ControlSocket
{
    // sun_path holds 104 bytes on macOS and 108 on Linux and Windows, with the zero at its end.
    private const int LongestPath = 103;

    /// <summary>
    /// In the run's directory, or under a short name in the temporary folder where that is too deep for a socket.
    /// </summary>
    public static string PathFor(RunDirectory run)
    {
        var path = Path.Combine(run.Path, "control", "socket");
        if (Encoding.UTF8.GetByteCount(path) <= LongestPath)
        {
            return path;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run.Path)).AsSpan(0, 8));
        return Path.Combine(Path.GetTempPath(), $"cloudnative-{hash}", "socket");
    }

    /// <summary>Listens. Whoever holds the run's lock may take away what an earlier run left there.</summary>
    /// <exception cref="IOException">It cannot be created there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder belongs to somebody else.</exception>
    /// <exception cref="SocketException">This system or file system has no such sockets.</exception>
    public static Socket Listen(string path)
    {
        OwnerOnlyFolder.Create(Path.GetDirectoryName(path)!);
        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes socket and folder away; what cannot be taken away is replaced by the next run.</summary>
    public static void Remove(string path)
    {
        try
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing is lost.
        }
    }
}

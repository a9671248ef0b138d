namespace CloudNative.Embedded.Storage;

/// <summary>Tells local disks from network file systems, on which SQLite's WAL and file locks do not hold.</summary>
internal static class FileSystems
{
    private static readonly string[] _network =
        ["nfs", "smb", "cifs", "ncp", "afs", "afpfs", "webdav", "coda", "lustre", "gfs", "ceph", "9p", "v9fs", "sshfs", "fuse.sshfs"];

    /// <summary>
    /// The name of the network file system that holds <paramref name="path"/>, or null when the disk is local.
    /// </summary>
    public static string? NetworkFormat(string path)
    {
        if (OperatingSystem.IsWindows() && path.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return "network share";
        }

        try
        {
            var drive = new DriveInfo(path);
            return IsNetwork(drive.DriveType, drive.DriveFormat) ? drive.DriveFormat : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // What cannot be told is not refused; the check of the lock follows.
        }
    }

    internal static bool IsNetwork(DriveType type, string format) =>
        type == DriveType.Network || _network.Any(known => IsVersionOf(format, known));

    // nfs4, smb2, smb3… are versions of the same thing.
    private static bool IsVersionOf(string format, string known) =>
        format.StartsWith(known, StringComparison.OrdinalIgnoreCase)
        && format.AsSpan(known.Length).IndexOfAnyExceptInRange('0', '9') < 0;
}

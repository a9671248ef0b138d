namespace CloudNative.Embedded.Membership;

/// <summary>Locks and sockets whose process died before it was listed, so that nobody else ever removes them.</summary>
internal static class Litter
{
    private static readonly TimeSpan _oldEnough = TimeSpan.FromMinutes(1);

    public static void Sweep(string directory, DateTimeOffset now)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(directory, "*.lock"))
            {
                // Young ones may belong to somebody who has made the file and not taken the lock yet.
                if (now - File.GetLastWriteTimeUtc(path) > _oldEnough && ProcessLock.Probe(path) == LockState.Free)
                {
                    File.Delete(path);
                    File.Delete(Path.ChangeExtension(path, ".sock"));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next process to join tries again.
        }
    }
}

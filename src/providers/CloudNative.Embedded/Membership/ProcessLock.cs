using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Storage;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// A file that is held open without sharing. The operating system lets go of it when the process ends, however it
/// ends, and not before: a process that is paused keeps it. (On Unix .NET takes an flock for it, which children do
/// not inherit.)
/// </summary>
internal sealed class ProcessLock : IDisposable
{
    private static readonly TimeSpan _turnStep = TimeSpan.FromMilliseconds(5);

    private readonly FileStream _file;

    private ProcessLock(string path, FileStream file)
    {
        Path = path;
        _file = file;
    }

    public string Path { get; }

    /// <summary>Creates and holds a new lock, and makes sure that locks hold here at all.</summary>
    public static ProcessLock Create(string path)
    {
        var held = new ProcessLock(path, Open(path, FileMode.CreateNew, FileOptions.DeleteOnClose));
        if (Probe(path) == LockState.Held)
        {
            return held;
        }

        held.Dispose();
        throw new EmbeddedStoreException(
            ErrorIds.NoFileLocks,
            $"File locks do not hold in '{System.IO.Path.GetDirectoryName(path)}', so nobody could tell which processes live. "
            + "Name a directory on a local disk, and leave DOTNET_SYSTEM_IO_DISABLEFILELOCKING unset.");
    }

    /// <summary>Looks whether somebody holds a lock.</summary>
    public static LockState Probe(string path)
    {
        try
        {
            Open(path, FileMode.Open, FileOptions.None).Dispose();
            return LockState.Free;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return LockState.Missing;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return LockState.Held; // Also a file that Windows is about to delete; the next look finds it missing.
        }
    }

    /// <summary>
    /// Waits, on a thread of its own, until nobody else holds the file. For steps that one process does for all.
    /// </summary>
    public static IDisposable WaitForTurn(string path, TimeSpan timeout)
    {
        using var never = new ManualResetEventSlim();
        for (var waited = TimeSpan.Zero; ; waited += _turnStep)
        {
            try
            {
                return Open(path, FileMode.OpenOrCreate, FileOptions.None);
            }
            catch (IOException) when (waited < timeout && File.Exists(path))
            {
                never.Wait(_turnStep);
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path, FileMode mode, FileOptions options) =>
        new(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, options);
}

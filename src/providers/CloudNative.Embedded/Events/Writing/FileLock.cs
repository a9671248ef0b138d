using System.Runtime.InteropServices;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>
/// An flock(2) that can be waited for. .NET's own file locks cannot: they fail at once, and who asks again in steps has no place in the
/// queue. The system lets go of it when the process ends, however it ends.
/// </summary>
internal sealed partial class FileLock : IDisposable
{
    private const int Exclusive = 2;
    private const int NonBlocking = 4;
    private const int Unlock = 8;
    private const int Interrupted = 4; // EINTR

    private readonly nint _stream;
    private readonly int _descriptor;

    public FileLock(string path)
    {
        // fopen takes no variable arguments, unlike open; "e" keeps child processes from inheriting the lock.
        _stream = Open(path, "a+e");
        if (_stream == 0)
        {
            throw new IOException($"'{path}' cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        }

        _descriptor = Descriptor(_stream);
    }

    public bool TryTake() => Take(Exclusive | NonBlocking);

    /// <summary>Waits, for however long it takes.</summary>
    public bool Wait() => Take(Exclusive);

    public void Release() => Lock(_descriptor, Unlock);

    public void Dispose() => _ = Close(_stream);

    private bool Take(int operation)
    {
        while (Lock(_descriptor, operation) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "fopen", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Open(string path, string mode);

    [LibraryImport("libc", EntryPoint = "fileno")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Descriptor(nint stream);

    [LibraryImport("libc", EntryPoint = "fclose")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(nint stream);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(int descriptor, int operation);
}

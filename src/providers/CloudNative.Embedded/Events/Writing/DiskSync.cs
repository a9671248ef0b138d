using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>
/// Forces the write-ahead log to the disk, on a thread of its own and outside of any lock, and then acknowledges what was committed before.
/// While it waits for the disk, this process and others go on committing; the next round covers all of that. SQLite itself would hold
/// everybody else's commit back for as long.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The thread disposes what it uses when it has ended.")]
internal sealed partial class DiskSync
{
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _ready = new(false);
    private readonly SafeFileHandle _file;
    private readonly string _directory;
    private readonly Thread _thread;
    private List<WriteRequest> _waiting = [];
    private bool _isClosed;

    public DiskSync(string directory)
    {
        _directory = directory;
        _file = File.OpenHandle(
            Path.Combine(directory, EventSchema.FileName + "-wal"),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete);
        _thread = new Thread(Run) { IsBackground = true, Name = "cloudnative-events-sync" };
        _thread.Start();
    }

    /// <summary>Acknowledges requests, which are committed, once they are on the disk.</summary>
    public void Post(List<WriteRequest> committed)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _ready.Set();
            }

            _waiting.AddRange(committed);
        }
    }

    /// <summary>Waits until all is acknowledged, and ends.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        _ready.Set();
        _thread.Join();
    }

    /// <summary>Forces what is committed to the disk, here and now, and acknowledges these.</summary>
    public void Acknowledge(List<WriteRequest> taken)
    {
        if (taken.Count == 0)
        {
            return;
        }

        try
        {
            Force();
            taken.ForEach(request => request.Committed());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var failure = StoreErrors.Translate(exception, _directory, EventSchema.Schema);
            taken.ForEach(request => request.Failed(failure));
        }
    }

    private void Run()
    {
        var taken = new List<WriteRequest>();
        while (true)
        {
            lock (_gate)
            {
                (taken, _waiting) = (_waiting, taken);
                if (taken.Count == 0 && _isClosed)
                {
                    break;
                }
            }

            if (taken.Count == 0)
            {
                _ready.WaitOne();
                continue;
            }

            Acknowledge(taken);
            taken.Clear();
        }

        _file.Dispose();
        _ready.Dispose();
    }

    private void Force()
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(_file);
        }
        else if (ForceData(_file) != 0)
        {
            throw new IOException($"The write-ahead log cannot be forced to the disk (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ForceData(SafeFileHandle file);
}

namespace CloudNative.Kubernetes.Sources;

/// <summary>
/// The system's notices of what happens in a directory, as far as there are any: nodes have a limit of watchers, and
/// not every file system tells. Thread-safe.
/// </summary>
internal sealed class DirectoryNotices(string path, Action notice) : IDisposable
{
    private readonly Lock _lock = new();
    private FileSystemWatcher? _watcher;
    private bool _isDisposed;

    /// <summary>Whether the system tells.</summary>
    public bool AreOn
    {
        get
        {
            lock (_lock)
            {
                return _watcher is not null;
            }
        }
    }

    /// <summary>
    /// Asks the system to tell, unless it does; to no avail where there is no directory, or no watcher left.
    /// </summary>
    public void Ensure()
    {
        lock (_lock)
        {
            if (!Directory.Exists(path))
            {
                Drop(); // One that is made anew by this name is another one.
            }
            else if (_watcher is null && !_isDisposed)
            {
                try
                {
                    _watcher = Make();
                }
                catch (Exception exception) when (
                    exception is IOException or UnauthorizedAccessException or ArgumentException)
                {
                    // Whoever looks now and then finds changes later.
                }
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            Drop();
        }
    }

    private FileSystemWatcher Make()
    {
        var watcher = new FileSystemWatcher(path)
        {
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite,
        };
        try
        {
            watcher.Created += (_, _) => notice();
            watcher.Changed += (_, _) => notice();
            watcher.Deleted += (_, _) => notice();
            watcher.Renamed += (_, _) => notice();
            watcher.Error += (_, _) => Failed(watcher);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }

    // Notices were lost, or the directory; the next look asks anew.
    private void Failed(FileSystemWatcher watcher)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_watcher, watcher))
            {
                Drop();
            }
        }
    }

    private void Drop()
    {
        _watcher?.Dispose();
        _watcher = null;
    }
}

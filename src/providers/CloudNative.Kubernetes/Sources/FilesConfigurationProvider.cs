using CloudNative.Kubernetes.Configuration;

namespace CloudNative.Kubernetes.Sources;

/// <summary>
/// Follows a mounted directory: by the system's notices of what happens in it, the rename of <c>..data</c> among them,
/// and by a look now and then, which costs one read of a link.
/// </summary>
internal sealed class FilesConfigurationProvider : SettingsProvider
{
    // A notice may be the first of many, where somebody else than the kubelet writes.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly KubernetesFilesConfigurationSource _source;
    private readonly MountedDirectory _directory;
    private readonly DirectoryNotices _notices;
    private readonly Lock _reading = new();
    private readonly ITimer _look;
    private readonly bool _isForRights;
    private string? _state;
    private bool _isLoaded;
    private bool _isDisposed;
    private int _isLookingSoon;

    /// <param name="source">What to read.</param>
    /// <param name="isForRights">
    /// Whether the process only writes down its rights, wherever it runs; then nothing is read.
    /// </param>
    /// <param name="time">When to look.</param>
    public FilesConfigurationProvider(KubernetesFilesConfigurationSource source, bool isForRights, TimeProvider time)
        : base(source.Path)
    {
        (_source, _directory, _isForRights) = (source, new MountedDirectory(source.Path), isForRights);
        _notices = new DirectoryNotices(_directory.Path, LookSoon);
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _look = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the system tells of changes.</summary>
    internal bool IsNotified => _notices.AreOn;

    public override void Load()
    {
        if (_isForRights)
        {
            return;
        }

        lock (_reading)
        {
            try
            {
                Read();
            }
            catch (Exception exception) when (Explain(exception) is { } failure)
            {
                if (!_isLoaded)
                {
                    throw failure;
                }

                Failed(failure.Message);
            }

            _isLoaded = true;
            // A notice that came meanwhile has planned a look that comes sooner.
            if (_source.ReloadOnChange && !_isDisposed && Volatile.Read(ref _isLookingSoon) == 0)
            {
                _look.Change(_source.PollInterval, _source.PollInterval);
            }
        }
    }

    public override void Dispose()
    {
        lock (_reading)
        {
            _isDisposed = true;
            _look.Dispose();
        }

        _notices.Dispose();
    }

    private void Look()
    {
        Volatile.Write(ref _isLookingSoon, 0);
        bool isChanged;
        lock (_reading)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                isChanged = Read();
            }
            catch (Exception exception) when (Explain(exception) is { } failure)
            {
                Failed(failure.Message);
                return;
            }
        }

        if (isChanged)
        {
            Announce();
        }
    }

    /// <returns>Whether something is different now.</returns>
    private bool Read()
    {
        if (_source.ReloadOnChange)
        {
            _notices.Ensure(); // Before it is read, so that no change falls between.
        }

        if (_isLoaded && !IsFailing && _directory.FindState() == _state)
        {
            return false;
        }

        if (_directory.Read() is not var (state, files))
        {
            return !_source.Optional || _state is not null ? throw Missing() : false;
        }

        var settings = SettingsReader.Read(_source, Where, files);
        _state = state;
        return Take(settings);
    }

    private void LookSoon()
    {
        if (Interlocked.Exchange(ref _isLookingSoon, 1) != 0)
        {
            return; // Notices without end must not put off the look.
        }

        try
        {
            _look.Change(Rest, _source.PollInterval);
        }
        catch (ObjectDisposedException)
        {
            // The last notice.
        }
    }

    private KubernetesConfigurationException? Explain(Exception exception) => exception switch
    {
        KubernetesConfigurationException known => known,
        IOException or UnauthorizedAccessException => new KubernetesConfigurationException(
            $"{ErrorIds.DirectoryUnreadable}: The files in {_directory.Path} cannot be read: "
            + $"{exception.Message.TrimEnd('.')}. See whether the user of this process may read them (defaultMode and "
            + "fsGroup of the volume)",
            exception),
        _ => null,
    };

    private KubernetesConfigurationException Missing() => new(
        $"{ErrorIds.DirectoryMissing}: The directory {_directory.Path} is not there. Mount a ConfigMap or a Secret at "
        + "it (volumeMounts), correct the path, or let the service start without: "
        + $"AddKubernetesFiles(\"{_source.Path}\", optional: true)");
}

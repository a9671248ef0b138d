using CloudNative.Discovery.Configuration;

namespace CloudNative.Discovery.Resolution;

/// <summary>
/// All watches of one service: follows configuration, the other sources only while configuration does not name the
/// service, and hands what they say together to the table. Thread-safe.
/// </summary>
internal sealed class ServiceWatch(
    string service,
    SourceCatalog catalog,
    TimeProvider time,
    CurrentDiscoveryOptions options,
    EndpointScreen screen,
    Action<Verdict> publish)
{
    private readonly Lock _lock = new();
    private readonly List<Task> _running = [];
    private readonly SourceView _configured = new();
    private IReadOnlyList<SourceView> _views = [];
    private CancellationTokenSource? _lifetime;
    private CancellationTokenSource? _dynamic;
    private ITimer? _doubt;

    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _lifetime is not null;
            }
        }
    }

    /// <summary>Opens the watches; nothing when they are open.</summary>
    public void Open(CancellationToken stopping)
    {
        lock (_lock)
        {
            if (_lifetime is not null || stopping.IsCancellationRequested)
            {
                return;
            }

            _lifetime = CancellationTokenSource.CreateLinkedTokenSource(stopping);

            // Configuration is in memory: its answer is there when this returns.
            Run(token => FollowConfigurationAsync(token), _lifetime.Token);
        }
    }

    /// <summary>Ends the watches and forgets what the sources said, so that the next answer is a fresh one.</summary>
    public async Task CloseAsync()
    {
        Task[] running;
        CancellationTokenSource lifetime;
        CancellationTokenSource? dynamic;
        lock (_lock)
        {
            if (_lifetime is null)
            {
                return;
            }

            lifetime = _lifetime;
            _lifetime = null;
            dynamic = DetachDynamic();
            running = [.. _running];
            _running.Clear();
        }

        // Not under the lock: a source may run its own code when it is cancelled.
        await lifetime.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
        dynamic?.Dispose();
        lifetime.Dispose();
    }

    /// <summary>An instance that is said to be gone refused a connection.</summary>
    public void Drop(string id)
    {
        lock (_lock)
        {
            foreach (var view in _views)
            {
                view.Drop(id);
            }

            Publish();
        }
    }

    /// <summary>What each source last said.</summary>
    public IReadOnlyList<SourceAnswer> Describe()
    {
        lock (_lock)
        {
            var others = _views.Zip(catalog.Sources, (view, source) => (source.Source.Name, View: view));
            return
            [
                .. others.Prepend((catalog.Configured.Name, View: _configured))
                    .Select(one => new SourceAnswer(one.Name, one.View.Kind, one.View.Reason)),
            ];
        }
    }

    private async Task FollowConfigurationAsync(CancellationToken cancellationToken)
    {
        await foreach (var update in catalog.Configured.WatchAsync(service, cancellationToken).ConfigureAwait(false))
        {
            if (ApplyConfigured(update, cancellationToken) is { } replaced)
            {
                await replaced.CancelAsync().ConfigureAwait(false);
                replaced.Dispose();
            }
        }
    }

    private CancellationTokenSource? ApplyConfigured(EndpointUpdate update, CancellationToken lifetime)
    {
        lock (_lock)
        {
            if (_lifetime?.Token != lifetime)
            {
                return null;
            }

            CancellationTokenSource? replaced = null;
            _configured.Apply(screen.Screen(service, catalog.Configured.Name, update), doubtEmpty: false);
            if (_configured.Kind == EndpointUpdateKind.Answer)
            {
                replaced = DetachDynamic();
            }
            else
            {
                StartDynamic(lifetime);
            }

            Publish();
            return replaced;
        }
    }

    private void StartDynamic(CancellationToken lifetime)
    {
        if (_dynamic is not null)
        {
            return;
        }

        _dynamic = CancellationTokenSource.CreateLinkedTokenSource(lifetime);
        var token = _dynamic.Token;
        var sources = catalog.Sources;
        var views = new SourceView[sources.Count];
        for (var index = 0; index < views.Length; index++)
        {
            var view = views[index] = new SourceView();
            var name = sources[index].Source.Name;
            var watch = new SourceWatch(sources[index], service, time, update => Apply(view, screen.Screen(service, name, update)));
            Run(cancellation => Task.Run(() => watch.RunAsync(cancellation), cancellation), token);
        }

        _views = views;
    }

    private CancellationTokenSource? DetachDynamic()
    {
        var dynamic = _dynamic;
        _dynamic = null;
        _doubt?.Dispose();
        _doubt = null;
        _views = [];
        return dynamic;
    }

    private void Apply(SourceView view, EndpointUpdate update)
    {
        lock (_lock)
        {
            if (!_views.Contains(view))
            {
                return;
            }

            var grace = options.Value.EmptyAnswerGracePeriod;
            if (view.Apply(StillOurs(view, update), doubtEmpty: grace > TimeSpan.Zero))
            {
                _doubt ??= time.CreateTimer(
                    static watch => ((ServiceWatch)watch!).EndDoubt(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _doubt.Change(grace, Timeout.InfiniteTimeSpan);
            }

            Publish();
        }
    }

    // A registry that forgets a service with its last instance does not give the name away: callers wait for the next
    // instance, as with any other, and do not look for a host of that name.
    private static EndpointUpdate StillOurs(SourceView view, EndpointUpdate update) =>
        view.Kind == EndpointUpdateKind.Answer && update.Kind == EndpointUpdateKind.NotFound
            ? EndpointUpdate.NoInstance("the source lists the service no more", update.IsConfirmed)
            : update;

    private void EndDoubt()
    {
        lock (_lock)
        {
            foreach (var view in _views)
            {
                view.EndDoubt();
            }

            Publish();
        }
    }

    private void Publish()
    {
        if (_lifetime is not null)
        {
            publish(_configured.Kind == EndpointUpdateKind.Answer ? Verdict.Of([_configured]) : Verdict.Of(_views));
        }
    }

    private void Run(Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        // A watch outlives the request that asked first; it must not carry that request's context.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _running.RemoveAll(task => task.IsCompleted);
        _running.Add(UntilCancelledAsync(loop, cancellationToken));
    }

    private static async Task UntilCancelledAsync(Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        try
        {
            await loop(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Cancelled; or the source was disposed under the watch, where a host is disposed that was not stopped.
        }
    }
}

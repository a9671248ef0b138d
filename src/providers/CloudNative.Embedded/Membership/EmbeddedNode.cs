using CloudNative.Shared.Work;


namespace CloudNative.Embedded.Membership;

/// <summary>
/// This process among those of its app. Nothing exists until a feature asks for the session; when the store is taken
/// away, a new session follows and everybody who needs to writes again what they had written.
/// </summary>
internal sealed partial class EmbeddedNode(Func<ChangeSignal, NodeContext> createContext) : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan _rejoinPause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly OwnedTasks _tasks = new();
    private NodeContext? _context;
    private volatile NodeSession? _session;
    private Func<NodeSession, CancellationToken, Task>? _restore;
    private int _disposed;

    /// <summary>Raised when registrations of any process change.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>The session, if there is one now.</summary>
    public NodeSession? Session => _session;

    /// <summary>
    /// Names who writes again what a new session does not know. Called before anybody gets to see the session.
    /// </summary>
    public void RestoreWith(Func<NodeSession, CancellationToken, Task> restore) => _restore = restore;

    /// <summary>
    /// The session; joins when there is none. Fails with what stands in the way, and may be asked again.
    /// </summary>
    public async ValueTask<NodeSession> GetSessionAsync(CancellationToken cancellationToken)
    {
        if (_session is { } current)
        {
            return current;
        }

        ObjectDisposedException.ThrowIf(_disposed == 1, this);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _session ?? await JoinAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// For containers that are disposed without waiting; what stays behind the other processes remove.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _stopping.Cancel();
            if (_session is { } session)
            {
                _tasks.Add(session.DisposeAsync().AsTask());
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _tasks.WhenAllAsync().ConfigureAwait(false);
        _gate.Dispose();
        _stopping.Dispose();
    }

    private async Task<NodeSession> JoinAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        _context ??= createContext(Changes);
        var session = await NodeSession.JoinAsync(_context, Lost, either.Token).ConfigureAwait(false);
        try
        {
            if (_restore is { } restore)
            {
                await restore(session, either.Token).ConfigureAwait(false);
            }

            _session = session;
            ObjectDisposedException.ThrowIf(_disposed == 1, this);
        }
        catch
        {
            _session = null;
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        Changes.Raise();
        return session;
    }

    private void Lost(NodeSession session)
    {
        if (ReferenceEquals(_session, session) && _disposed == 0)
        {
            _session = null;
            _tasks.Add(RejoinAsync(session));
        }
    }

    private async Task RejoinAsync(NodeSession lost)
    {
        await lost.DisposeAsync().ConfigureAwait(false);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await GetSessionAsync(_stopping.Token).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception exception)
            {
                LogRejoinFailed(_context!.Logger, _rejoinPause, exception);
            }

            await WaitAsync().ConfigureAwait(false);
        }
    }

    private async Task WaitAsync()
    {
        try
        {
            await Task.Delay(_rejoinPause, _context!.TimeProvider, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }
}

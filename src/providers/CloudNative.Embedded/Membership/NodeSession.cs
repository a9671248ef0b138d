using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Cryptography;
using CloudNative.Embedded.Storage;
using CloudNative.Shared.Work;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// The presence of this process among those of its app, from joining to leaving: its row, its lock, its socket, the
/// connections to the others, and the store they share.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The lock goes when the rows are gone, on the thread of the store.")]
internal sealed partial class NodeSession : IAsyncDisposable
{
    private readonly NodeContext _context;
    private readonly Action<NodeSession> _lost;
    private readonly ProcessLock _lock;
    private readonly PeerMesh _mesh;
    private readonly ProcessReaper _reaper;
    private readonly StorePulse _pulse;
    private readonly OwnedTasks _tasks = new();
    private readonly CancellationTokenSource _stopping = new();
    private HashSet<string> _strangers = [];
    private string _socket = string.Empty;
    private int _ended;

    private NodeSession(NodeContext context, ControlStore store, Action<NodeSession> lost)
    {
        _context = context;
        _lost = lost;
        Store = store;
        MemberId = RandomNumberGenerator.GetHexString(16, lowercase: true);
        _lock = ProcessLock.Create(Path.Combine(context.Directory.Instances, MemberId + ".lock"));
        _mesh = new PeerMesh(
            MemberId, context.Metrics, context.TimeProvider, () => _pulse?.LookSoon(), () => EventsTold?.Invoke(), Departed);
        _reaper = new ProcessReaper(store, context.Directory, _mesh, context.TimeProvider, context.Metrics, context.Logger);
        _pulse = new StorePulse(store, context, Seen);
    }

    public string MemberId { get; }

    public ControlStore Store { get; }

    public DataDirectory Directory => _context.Directory;

    /// <summary>Called, from any thread, when another process has told of events.</summary>
    public Action? EventsTold { get; set; }

    /// <summary>
    /// Joins. <paramref name="lost"/> is called when somebody took the store away from under this process.
    /// </summary>
    public static async Task<NodeSession> JoinAsync(
        NodeContext context, Action<NodeSession> lost, CancellationToken cancellationToken)
    {
        var store = await ControlStore.OpenAsync(
            context.Directory, context.Options.BusyTimeout, context.Metrics, context.TimeProvider).ConfigureAwait(false);
        NodeSession? session = null;
        try
        {
            session = new NodeSession(context, store, lost);
            await session.MeetAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch (Exception exception)
        {
            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }

            await store.DisposeAsync().ConfigureAwait(false);
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw StoreErrors.Translate(exception, context.Directory.Path);
            }

            throw;
        }
    }

    /// <summary>Tells everybody, this process included, that something changed.</summary>
    public void TellAll()
    {
        _context.Changes.Raise();
        _mesh.Poke();
    }

    /// <summary>Tells all others that there are events, or that somebody came or went who takes them.</summary>
    public void TellOfEvents() => _mesh.PokeEvents();

    /// <summary>Asks the others to tell of events, or not to; until then they do not.</summary>
    public void ListenForEvents(bool listens) => _mesh.SayListens(listens);

    /// <summary>Whether a process has ended: nobody holds its lock.</summary>
    public bool IsGone(string member) => member != MemberId && ProcessLock.Probe(_reaper.LockPath(member)) != LockState.Held;

    /// <summary>Removes another process if it is dead. True when it was there and is gone now.</summary>
    public async Task<bool> RemoveIfDeadAsync(string member, CancellationToken cancellationToken)
    {
        // Its end may not have been read from its socket yet, so this asks the lock whatever the socket says.
        if (member == MemberId || ProcessLock.Probe(_reaper.LockPath(member)) == LockState.Held)
        {
            return false;
        }

        return await _reaper.SettleAsync(member, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Leaves. What this cannot finish, the others do, who see the sockets close.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Store.TryPost(() => Leave(left)))
        {
            await left.Task.ConfigureAwait(false);
        }

        await _mesh.DisposeAsync().ConfigureAwait(false);
        await _tasks.WhenAllAsync().ConfigureAwait(false);
        await Store.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task MeetAsync(CancellationToken cancellationToken)
    {
        Listen();
        var others = await Store.WriteAsync(
            "member.join",
            connection =>
            {
                var present = MemberRows.ReadAll(connection);
                MemberRows.Insert(connection, new Member(MemberId, _socket));
                return present;
            },
            cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(others.Select(other => MeetAsync(other, cancellationToken))).ConfigureAwait(false);
        await Store.WriteAsync(
            "service.forget",
            connection => MemberRows.ForgetServicesWhenAlone(connection, MemberId),
            cancellationToken).ConfigureAwait(false);
        Litter.Sweep(_context.Directory.Instances, _context.TimeProvider.GetUtcNow());
        _mesh.Poke();
        _pulse.LookSoon();
        _pulse.Start();
        LogJoined(_context.Logger, _context.Directory.Path, others.Count);
    }

    private async Task MeetAsync(Member other, CancellationToken cancellationToken)
    {
        if (!await _mesh.ConnectAsync(other, cancellationToken).ConfigureAwait(false))
        {
            await _reaper.TrySettleAsync(other.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Listen()
    {
        try
        {
            _socket = SocketPath.Choose(_context.Directory.Instances, MemberId);
            _mesh.Listen(_socket);
        }
        catch (Exception exception) when (exception is SocketException or PlatformNotSupportedException)
        {
            // Without it the others find us by looking at the store, and our end by our lock.
            LogNoSocket(_context.Logger, _socket, exception);
            _socket = string.Empty;
        }
    }

    // On the store's thread. Rows first: who sees the socket close finds that there is nothing left to do.
    private void Leave(TaskCompletionSource left)
    {
        RemoveSelf();
        _mesh.HangUp();
        SocketPath.Remove(_socket, _context.Directory.Instances);
        _lock.Dispose();
        left.SetResult();
    }

    private void RemoveSelf()
    {
        try
        {
            Store.Write(connection => MemberRows.Remove(connection, MemberId));
            Store.Write(connection => MemberRows.ForgetServicesWhenAlone(connection, MemberId));
            _mesh.Poke();
        }
        catch (EmbeddedStoreException)
        {
            // The others remove what stays behind.
        }
    }

    private void Departed(string peer) => _tasks.Add(SettleAsync(peer));

    private async Task SettleAsync(string peer)
    {
        try
        {
            if (await _reaper.SettleAsync(peer, _stopping.Token).ConfigureAwait(false))
            {
                TellAll();
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            LogSettleFailed(_context.Logger, peer, exception); // The next timed look tries again.
        }
    }

    // On the store's thread.
    private void Seen(IReadOnlyList<Member> members, bool timed)
    {
        if (!timed || _stopping.IsCancellationRequested)
        {
            return;
        }

        if (!File.Exists(_lock.Path) || members.All(member => member.Id != MemberId))
        {
            LogLost(_context.Logger, _context.Directory.Path);
            _lost(this);
            return;
        }

        // Who joins calls us; only those who did not until the second look are called from here.
        var strangers = members.Where(member => member.Id != MemberId && !_mesh.IsConnected(member.Id)).ToList();
        foreach (var stranger in strangers.Where(stranger => _strangers.Contains(stranger.Id)))
        {
            _tasks.Add(ApproachAsync(stranger));
        }

        _strangers = [.. strangers.Select(stranger => stranger.Id)];
        if (_strangers.Count > 0)
        {
            _pulse.Hurry();
        }
    }

    private async Task ApproachAsync(Member stranger)
    {
        try
        {
            if (await _mesh.ConnectAsync(stranger, _stopping.Token).ConfigureAwait(false))
            {
                return;
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await SettleAsync(stranger.Id).ConfigureAwait(false);
    }
}

using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// Looks at the store when somebody told of a change, and now and then in case nobody could: often after a change,
/// seldom in quiet times. A look reads one number and writes nothing.
/// </summary>
internal sealed partial class StorePulse
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(100);

    private readonly ControlStore _store;
    private readonly NodeContext _context;
    private readonly Action<IReadOnlyList<Member>, bool> _seen;
    private TimeSpan _interval = _shortest;
    private int _posted;
    private long _revision = -1;
    private IReadOnlyList<Member> _members = [];
    private bool _failing;

    /// <param name="store">The store to look at.</param>
    /// <param name="context">What the session was given.</param>
    /// <param name="seen">
    /// Called on the store's thread after each look with the members, and whether the look was due by time.
    /// </param>
    public StorePulse(ControlStore store, NodeContext context, Action<IReadOnlyList<Member>, bool> seen)
    {
        _store = store;
        _context = context;
        _seen = seen;
    }

    public void Start() => Schedule();

    /// <summary>Looks as soon as the store's thread is free; many calls make one look.</summary>
    public void LookSoon()
    {
        if (Interlocked.Exchange(ref _posted, 1) == 0)
        {
            _store.TryPost(() =>
            {
                Volatile.Write(ref _posted, 0);
                LookNow(timed: false);
            });
        }
    }

    /// <summary>Asks for frequent looks, because there is something that no peer will tell.</summary>
    public void Hurry() => _interval = _shortest;

    private void LookNow(bool timed)
    {
        try
        {
            var changed = _store.Read(Refresh);
            _interval = changed ? _shortest : Min(_interval * 2, _context.Options.PollInterval);
            _seen(_members, timed);
            if (_failing)
            {
                _failing = false;
                LogRecovered(_context.Logger);
            }
        }
        catch (EmbeddedStoreException exception)
        {
            _interval = _context.Options.PollInterval;
            if (!_failing)
            {
                _failing = true;
                LogFailing(_context.Logger, exception);
            }
        }

        if (timed)
        {
            Schedule();
        }
    }

    private bool Refresh(SqliteConnection connection)
    {
        var revision = Revision.Read(connection);
        if (revision == _revision)
        {
            return false;
        }

        _members = MemberRows.ReadAll(connection);
        _revision = revision;
        _context.Changes.Raise();
        return true;
    }

    private void Schedule() => _store.Schedule(_interval, () => LookNow(timed: true));

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

using System.Globalization;
using CloudNative.Testing.Kubernetes.Storage;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>The open watches.</summary>
internal sealed class WatchDesk
{
    private readonly ObjectStorage _store;
    private readonly KubernetesFaults _faults;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<WatchFeed> _feeds = [];

    public WatchDesk(ObjectStorage store, KubernetesFaults faults, TimeProvider time)
    {
        (_store, _faults, _time) = (store, faults, time);
        store.Changed = Tell;
    }

    public TimeSpan BookmarkInterval { get; set; } = TimeSpan.FromMinutes(1);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _feeds.Count;
            }
        }
    }

    /// <summary>
    /// Opens a watch. Failures after this point are events of it, as of a real server.
    /// </summary>
    public WatchFeed Open(StoredKind kind, string? place, Selector selector, ApiRequest request) =>
        _store.Atomically(() =>
        {
            var feed = new WatchFeed(kind, place, selector, request.IsSet("allowWatchBookmarks"));
            if (Begin(feed, kind, request.Ask("resourceVersion")) && !_faults.EndsWatchesAtOnce)
            {
                lock (_lock)
                {
                    _feeds.Add(feed);
                }

                Schedule(feed, request.Ask("timeoutSeconds"));
            }
            else
            {
                feed.End();
            }

            return feed;
        });

    public void Close(WatchFeed feed)
    {
        Forget(feed);
        feed.End();
    }

    public void CloseAll() => Array.ForEach(TakeAll(), feed => feed.End());

    public void BreakAll() => Array.ForEach(TakeAll(), feed => feed.End(new IOException("The connection was reset.")));

    public void DropAll() => Array.ForEach(TakeAll(), feed => feed.Drop());

    // Without a version all that is there comes first, as if it were made now; with one what changed since:
    // https://kubernetes.io/docs/reference/using-api/api-concepts/#semantics-for-watch
    private bool Begin(WatchFeed feed, StoredKind kind, string? version)
    {
        if (version is null or "0")
        {
            foreach (var item in _store.Read(kind.Plural, isPaged: false).Objects.Values)
            {
                feed.Tell(item);
            }

            return true;
        }

        if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var since))
        {
            feed.Fail(ApiProblem.BadRequest($"invalid resource version: {version}"));
            return false;
        }

        if (_store.ChangesSince(kind.Plural, since) is not { } changes)
        {
            feed.Fail(ApiProblem.Expired($"too old resource version: {since} ({_store.Version})"));
            return false;
        }

        foreach (var change in changes)
        {
            feed.Tell(change);
        }

        return true;
    }

    // A bookmark also just before the end, so that the next watch begins there:
    // https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks
    private void Schedule(WatchFeed feed, string? timeout)
    {
        if (int.TryParse(timeout, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
        {
            feed.Timers.Add(_time.CreateTimer(
                _ =>
                {
                    Bookmark(feed);
                    Close(feed);
                },
                null,
                TimeSpan.FromSeconds(seconds),
                Timeout.InfiniteTimeSpan));
        }

        if (feed.WantsBookmarks)
        {
            feed.Timers.Add(_time.CreateTimer(_ => Bookmark(feed), null, BookmarkInterval, BookmarkInterval));
        }
    }

    private void Bookmark(WatchFeed feed) => _store.Atomically(() =>
    {
        if (feed.WantsBookmarks && !feed.Bookmark(long.Parse(_store.Version, CultureInfo.InvariantCulture)))
        {
            Close(feed);
        }

        return true;
    });

    private void Tell(StoredEvent change)
    {
        if (_faults.LosesEvents)
        {
            return;
        }

        WatchFeed[] feeds;
        lock (_lock)
        {
            feeds = [.. _feeds.Where(feed => feed.Kind.Plural == change.Plural)];
        }

        foreach (var feed in feeds.Where(feed => !feed.Tell(change)))
        {
            Close(feed);
        }
    }

    private WatchFeed[] TakeAll()
    {
        lock (_lock)
        {
            WatchFeed[] all = [.. _feeds];
            _feeds.Clear();
            return all;
        }
    }

    private void Forget(WatchFeed feed)
    {
        lock (_lock)
        {
            _feeds.Remove(feed);
        }
    }
}

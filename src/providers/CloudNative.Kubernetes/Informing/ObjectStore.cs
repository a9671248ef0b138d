using System.Collections.Immutable;

namespace CloudNative.Kubernetes.Informing;

/// <summary>What is known, and who wants to be told. Written by one loop; everything else from any thread.</summary>
internal sealed class ObjectStore<T>(TimeProvider time)
    where T : KubernetesObject
{
    private readonly Lock _lock = new();
    private readonly List<Subscription<T>> _subscriptions = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _heard = time.GetUtcNow();
    private bool _isCompleted;

    public KubernetesSnapshot<T> Snapshot
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    = new(ImmutableDictionary<KubernetesName, T>.Empty, null);

    public KubernetesInformerStatus Status
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    = KubernetesInformerStatus.Initial;

    /// <summary>Done after the first list.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Takes a whole list over.</summary>
    /// <returns>How many objects it changed.</returns>
    public int Replace(IReadOnlyCollection<T> items, string version)
    {
        lock (_lock)
        {
            var before = Snapshot.Objects;
            var after = before.ToBuilder();
            var names = new HashSet<KubernetesName>(items.Count);
            var changed = 0;
            foreach (var item in items)
            {
                var name = item.Name;
                names.Add(name);
                var known = before.GetValueOrDefault(name);
                if (known is null || !IsSame(known, item))
                {
                    // What did not change stays the very same object: whoever compares by reference sees no change.
                    after[name] = item;
                    Touch(name, known);
                    changed++;
                }
            }

            foreach (var (name, known) in before)
            {
                if (!names.Contains(name))
                {
                    after.Remove(name);
                    Touch(name, known);
                    changed++;
                }
            }

            Snapshot = new KubernetesSnapshot<T>(after.ToImmutable(), version);
            var isFirst = !Status.IsSynced;
            Hear(isSynced: true);
            if (changed > 0 || isFirst)
            {
                SignalAll();
            }

            _synced.TrySetResult();
            return changed;
        }
    }

    /// <summary>Takes an event over.</summary>
    public void Apply(in KubernetesEvent<T> found)
    {
        lock (_lock)
        {
            var (snapshot, item) = (Snapshot, found.Item);
            var version = item.Metadata.ResourceVersion ?? snapshot.ResourceVersion;
            Hear(Status.IsSynced);
            if (found.Type == KubernetesEventType.Bookmark)
            {
                Snapshot = new KubernetesSnapshot<T>(snapshot.Objects, version);
                return;
            }

            var name = item.Name;
            var known = snapshot.Objects.GetValueOrDefault(name);
            var objects = found.Type == KubernetesEventType.Deleted
                ? snapshot.Objects.Remove(name)
                : snapshot.Objects.SetItem(name, item);
            Snapshot = new KubernetesSnapshot<T>(objects, version);
            if (found.Type != KubernetesEventType.Deleted || known is not null)
            {
                Touch(name, known);
                SignalAll();
            }
        }
    }

    /// <summary>The server is followed.</summary>
    public void Confirm()
    {
        lock (_lock)
        {
            Hear(Status.IsSynced);
        }
    }

    /// <summary>The server cannot be followed.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Fail(KubernetesException failure)
    {
        lock (_lock)
        {
            // Of the same kind as before: whoever is away says so in other words each time.
            var isNews = Status.Failure is not { } known || known.StatusCode != failure.StatusCode;
            Status = Status with { StaleSince = Status.StaleSince ?? _heard, Failure = failure };
            if (isNews)
            {
                SignalAll();
            }

            return isNews;
        }
    }

    public Subscription<T> Subscribe()
    {
        var subscription = new Subscription<T>();
        lock (_lock)
        {
            if (_isCompleted)
            {
                subscription.Complete();
                return subscription;
            }

            _subscriptions.Add(subscription);
            if (Status.IsSynced || Status.Failure is not null)
            {
                subscription.Signal();
            }
        }

        return subscription;
    }

    public void Unsubscribe(Subscription<T> subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
        }
    }

    /// <summary>What a reader was not told yet.</summary>
    public KubernetesUpdate<T>? Take(Subscription<T> subscription)
    {
        lock (_lock)
        {
            var snapshot = Snapshot;
            var changes = new List<KubernetesChange<T>>();
            if (subscription.IsFirst)
            {
                changes.AddRange(snapshot.Objects.Select(pair => new KubernetesChange<T>(pair.Key, null, pair.Value)));
                subscription.IsFirst = false;
            }
            else
            {
                foreach (var (name, before) in subscription.Before)
                {
                    var after = snapshot.Objects.GetValueOrDefault(name);
                    if (!ReferenceEquals(before, after))
                    {
                        changes.Add(new KubernetesChange<T>(name, before, after));
                    }
                }
            }

            subscription.Before.Clear();
            return new KubernetesUpdate<T>(snapshot, changes, Status);
        }
    }

    /// <summary>Ends all readers.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isCompleted = true;
            _subscriptions.ForEach(subscription => subscription.Complete());
        }
    }

    // An object made again by the same name has another uid, and may in theory have the same version.
    private static bool IsSame(T known, T item) =>
        known.Metadata.ResourceVersion is { } version
        && version == item.Metadata.ResourceVersion
        && known.Metadata.Uid == item.Metadata.Uid;

    private void Hear(bool isSynced)
    {
        _heard = time.GetUtcNow();
        var status = Status;
        if (status.IsSynced == isSynced && status.Failure is null)
        {
            return;
        }

        Status = new KubernetesInformerStatus(isSynced, null, null);
        if (status.Failure is not null)
        {
            SignalAll();
        }
    }

    private void Touch(KubernetesName name, T? before)
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Before.TryAdd(name, before);
        }
    }

    private void SignalAll()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Signal();
        }
    }
}

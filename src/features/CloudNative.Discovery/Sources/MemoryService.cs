using System.Collections.Immutable;

namespace CloudNative.Discovery.Sources;

/// <summary>The registrations of one service in memory, and the signal that they changed.</summary>
internal sealed class MemoryService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (MemoryRegistration Registration, bool Listed)> _registrations = [];
    private TaskCompletionSource _changed = NewSignal();
    private bool _known;

    /// <summary>Completes with the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Whether the service was ever registered, and who takes calls.</summary>
    public (bool Known, ImmutableArray<ServiceInstance> Instances) Read()
    {
        lock (_lock)
        {
            return (_known, [.. _registrations.Values
                .Where(entry => entry.Listed)
                .Select(entry => entry.Registration.Instance)
                .OrderBy(instance => instance.Id, StringComparer.Ordinal)]);
        }
    }

    public void Put(MemoryRegistration registration, bool listed) =>
        Change(() => _registrations[registration.Instance.Id] = (registration, listed));

    public void SetListed(MemoryRegistration registration, bool listed) => Change(() =>
    {
        if (IsCurrent(registration))
        {
            _registrations[registration.Instance.Id] = (registration, listed);
        }
    });

    public void Remove(MemoryRegistration registration) => Change(() =>
    {
        if (IsCurrent(registration))
        {
            _registrations.Remove(registration.Instance.Id);
        }
    });

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The same id registered again belongs to the newer registration; the older one has no say any more.
    private bool IsCurrent(MemoryRegistration registration) =>
        _registrations.TryGetValue(registration.Instance.Id, out var entry) && ReferenceEquals(entry.Registration, registration);

    private void Change(Action change)
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            _known = true;
            change();
            signal = _changed;
            _changed = NewSignal();
        }

        signal.SetResult();
    }
}

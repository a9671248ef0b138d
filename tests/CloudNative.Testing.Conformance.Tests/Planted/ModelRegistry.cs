using System.Runtime.CompilerServices;
using CloudNative.Discovery;

namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>A registry in memory that is right, with one bug at a time to switch on.</summary>
internal sealed class ModelRegistry(RegistryBug bug) : RegistrySubject, IServiceRegistry, IEndpointSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Service, string Id), Registration> _registrations = new(KeyComparer.Instance);
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private TaskCompletionSource _changed = New();

    public override IServiceRegistry Registry => this;

    public override IEndpointSource Source => this;

    public string Name => "model";

    public ValueTask<IServiceRegistration> RegisterAsync(ServiceInstance instance, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfZero(instance.Endpoints.Count);
        var registration = new Registration(this, instance);
        Change(() =>
        {
            if (bug == RegistryBug.KeepsTheFirst && _registrations.ContainsKey(registration.Key))
            {
                return;
            }

            _registrations[registration.Key] = registration;
            _known.Add(instance.Service);
        });
        return new(registration);
    }

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ServiceInstance[]? last = null;
        var first = true;
        while (true)
        {
            var (instances, changed) = Read(service);
            if (first || bug == RegistryBug.RepeatsItself || !Same(last, instances))
            {
                first = false;
                last = instances;
                yield return instances is null ? EndpointUpdate.NotFound : EndpointUpdate.Answer(instances);
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override ValueTask DisposeAsync() => default;

    // Watches run on at once, in the change that wakes them, so that a bug shows every time.
    private static TaskCompletionSource New() => new();

    private static bool Same(ServiceInstance[]? left, ServiceInstance[]? right) =>
        left is null || right is null ? ReferenceEquals(left, right) : left.SequenceEqual(right);

    private (ServiceInstance[]? Instances, Task Changed) Read(string service)
    {
        lock (_lock)
        {
            var comparison = bug == RegistryBug.MindsCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
            ServiceInstance[] instances =
            [
                .. _registrations.Values
                    .Where(registration => string.Equals(registration.Instance.Service, service, comparison) && registration.Ready)
                    .Select(registration => bug == RegistryBug.LosesMetadata
                        ? registration.Instance with { Metadata = new Dictionary<string, string>() }
                        : registration.Instance)
                    .OrderBy(instance => instance.Id, StringComparer.Ordinal),
            ];
            var known = instances.Length > 0 || _known.Contains(service) || bug == RegistryBug.KnowsEverybody;
            return (known ? instances : null, _changed.Task);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = New();
        }

        if (bug != RegistryBug.TellsNobody)
        {
            changed.SetResult();
        }
    }

    private sealed class Registration(ModelRegistry registry, ServiceInstance instance) : IServiceRegistration
    {
        public ServiceInstance Instance => instance;

        public (string Service, string Id) Key => (instance.Service, instance.Id);

        public TimeSpan PropagationDelay => TimeSpan.Zero;

        public bool Ready { get; private set; } = true;

        public ValueTask SetReadyAsync(bool ready, CancellationToken cancellationToken)
        {
            registry.Change(() => Ready = ready || registry.Bug == RegistryBug.IgnoresReadiness);
            return default;
        }

        public ValueTask DisposeAsync()
        {
            registry.Change(() =>
            {
                var current = registry._registrations.GetValueOrDefault(Key);
                if (registry.Bug == RegistryBug.RemovesTheSuccessor
                    || (registry.Bug != RegistryBug.ForgetsDeregistration && current == this))
                {
                    registry._registrations.Remove(Key);
                }
            });
            return default;
        }
    }

    private RegistryBug Bug => bug;

    private sealed class KeyComparer : IEqualityComparer<(string Service, string Id)>
    {
        public static KeyComparer Instance { get; } = new();

        public bool Equals((string Service, string Id) x, (string Service, string Id) y) =>
            string.Equals(x.Service, y.Service, StringComparison.OrdinalIgnoreCase) && x.Id == y.Id;

        public int GetHashCode((string Service, string Id) key) =>
            HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(key.Service), key.Id);
    }
}

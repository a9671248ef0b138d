namespace CloudNative.Discovery.Tests.Support;

/// <summary>A registry that fails so many times, and remembers what was asked of it.</summary>
internal sealed class FlakyRegistry(int failures) : IServiceRegistry
{
    private readonly Lock _lock = new();
    private readonly List<string> _log = [];
    private int _failures = failures;

    public Uri? RemoteAddress { get; init; }

    /// <summary>What it answers when it is asked, if that is something else.</summary>
    public Uri? AddressWhenAsked { get; init; }

    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_lock)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Whether it was asked for its address.</summary>
    public bool WasAsked { get; private set; }

    public ValueTask<Uri?> FindRemoteAddressAsync(CancellationToken cancellationToken)
    {
        WasAsked = true;
        return new(AddressWhenAsked ?? RemoteAddress);
    }

    public ValueTask<IServiceRegistration> RegisterAsync(ServiceInstance instance, CancellationToken cancellationToken)
    {
        Act($"register {instance.Endpoints[0].Host}:{instance.Endpoints[0].Port}");
        return ValueTask.FromResult<IServiceRegistration>(new Registration(this, instance));
    }

    public void FailNext(int times)
    {
        lock (_lock)
        {
            _failures = times;
        }
    }

    private void Act(string what)
    {
        lock (_lock)
        {
            if (_failures > 0)
            {
                _failures--;
                _log.Add($"failed: {what}");
                throw new ServiceRegistryException("connection refused");
            }

            _log.Add(what);
        }
    }

    private sealed class Registration(FlakyRegistry registry, ServiceInstance instance) : IServiceRegistration
    {
        public ServiceInstance Instance => instance;

        public TimeSpan PropagationDelay => TimeSpan.FromSeconds(3);

        public ValueTask SetReadyAsync(bool ready, CancellationToken cancellationToken)
        {
            registry.Act($"ready {ready}");
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            registry.Act("deregister");
            return ValueTask.CompletedTask;
        }
    }
}

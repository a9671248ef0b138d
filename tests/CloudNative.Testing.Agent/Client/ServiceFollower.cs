using CloudNative.Discovery;

namespace CloudNative.Testing.Agent.Client;

/// <summary>Keeps a watch open and waits for what it says.</summary>
public sealed class ServiceFollower : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _following;
    private readonly Lock _lock = new();
    private EndpointUpdate? _latest;
    private int _updates;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServiceFollower(IEndpointSource source, string service) => _following = FollowAsync(source, service);

    /// <summary>How often the watch has said something.</summary>
    public int Updates => Volatile.Read(ref _updates);

    public Task<EndpointUpdate> WaitForIdsAsync(params string[] ids) => WaitForAsync(
        update => update.Kind == EndpointUpdateKind.Answer
            && update.Instances.Select(instance => instance.Id).Order().SequenceEqual(ids.Order()),
        $"[{string.Join(", ", ids)}]");

    public async Task<EndpointUpdate> WaitForAsync(Predicate<EndpointUpdate> expected, string what)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_latest is not null && expected(_latest))
                {
                    return _latest;
                }

                changed = _changed.Task;
            }

            try
            {
                await (await Task.WhenAny(changed, _following)).WaitAsync(timeout.Token);
                await changed.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                var ids = string.Join(", ", _latest?.Instances.Select(instance => instance.Id) ?? []);
                throw new TimeoutException($"Not {what} but {_latest?.Kind} [{ids}] {_latest?.Reason}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task FollowAsync(IEndpointSource source, string service)
    {
        await foreach (var update in source.WatchAsync(service, _stopping.Token))
        {
            TaskCompletionSource changed;
            lock (_lock)
            {
                _latest = update;
                _updates++;
                changed = _changed;
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            changed.SetResult();
        }
    }
}

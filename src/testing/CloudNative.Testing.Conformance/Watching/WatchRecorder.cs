using System.Runtime.CompilerServices;
using CloudNative.Discovery;

namespace CloudNative.Testing.Conformance.Watching;

/// <summary>Keeps a watch open and remembers what it said.</summary>
internal sealed class WatchRecorder : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<EndpointUpdate> _updates = [];
    private readonly TimeSpan _patience;
    private readonly Task _watching;
    private TaskCompletionSource _changed = New();

    public WatchRecorder(IEndpointSource source, string service, TimeSpan patience)
    {
        _patience = patience;
        _watching = WatchAsync(source, service);
    }

    public IReadOnlyList<EndpointUpdate> Updates
    {
        get
        {
            lock (_lock)
            {
                return [.. _updates];
            }
        }
    }

    /// <summary>Waits until the latest update is as expected; fails with what it was instead.</summary>
    public async Task<EndpointUpdate> WaitForAsync(
        Predicate<EndpointUpdate> expected,
        [CallerArgumentExpression(nameof(expected))] string what = "")
    {
        using var timeout = new CancellationTokenSource(_patience, TimeProvider.System);
        while (true)
        {
            Task changed;
            EndpointUpdate? latest;
            lock (_lock)
            {
                latest = _updates.LastOrDefault();
                changed = _changed.Task;
            }

            if (latest is not null && expected(latest))
            {
                return latest;
            }

            var ended = await Task.WhenAny(changed, _watching, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, timeout.Token));
            if (ended == _watching)
            {
                await _watching;
            }

            if (ended != changed)
            {
                Assert.Fail($"The watch did not come to {what}. It last said {Describe(latest)} after {Updates.Count} update(s).");
            }
        }
    }

    public Task<EndpointUpdate> WaitForIdsAsync(params string[] ids) =>
        WaitForAsync(update => update.Kind == EndpointUpdateKind.Answer && IdsOf(update).SequenceEqual(ids.Order(StringComparer.Ordinal)),
            $"instances [{string.Join(", ", ids)}]");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private static IEnumerable<string> IdsOf(EndpointUpdate update) =>
        update.Instances.Select(instance => instance.Id).Order(StringComparer.Ordinal);

    private static string Describe(EndpointUpdate? update) => update is null
        ? "nothing"
        : $"{update.Kind} [{string.Join(", ", IdsOf(update))}] {update.Reason}";

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WatchAsync(IEndpointSource source, string service)
    {
        await foreach (var update in source.WatchAsync(service, _stopping.Token).ConfigureAwait(false))
        {
            TaskCompletionSource changed;
            lock (_lock)
            {
                _updates.Add(update);
                changed = _changed;
                _changed = New();
            }

            changed.TrySetResult();
        }
    }
}

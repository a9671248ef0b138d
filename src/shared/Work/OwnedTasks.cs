using System.Collections.Concurrent;

namespace CloudNative.Shared.Work;

/// <summary>
/// Background work that somebody answers for: it is waited for at the end. The tasks handle their own failures.
/// </summary>
internal sealed class OwnedTasks
{
    private readonly ConcurrentDictionary<Task, byte> _tasks = new();

    public void Add(Task task)
    {
        _tasks.TryAdd(task, 0);
        task.ContinueWith(
            done => _tasks.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public Task WhenAllAsync() => Task.WhenAll(_tasks.Keys);
}

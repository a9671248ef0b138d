using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>Events to store, all or none.</summary>
internal sealed class AppendRequest(NewEvent[] events)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadOnlySpan<NewEvent> Events => events;

    public int Count => events.Length;

    public long Bytes { get; } = events.Sum(item => (long)item.Envelope.Data.Length);

    public Task Task => _completion.Task;

    public void Stored() => _completion.TrySetResult();

    public void Failed(Exception exception) => _completion.TrySetException(exception);
}

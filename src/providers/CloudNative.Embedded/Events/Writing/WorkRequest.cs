using CloudNative.Embedded.Events.Storage;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>Any other change of the store, with a result.</summary>
internal sealed class WorkRequest<T>(Func<EventConnection, WriteScope, T> work, bool durable) : WriteRequest
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _completion.Task;

    public override bool Durable => durable;

    public override void Run(EventConnection connection, WriteScope scope) => _result = work(connection, scope);

    public override void Committed() => _completion.TrySetResult(_result!);

    public override void Failed(Exception exception) => _completion.TrySetException(exception);
}

using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Upkeep;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>Events to store, all or none.</summary>
internal sealed class AppendRequest(NewEvent[] events, bool durable, Housekeeper housekeeper) : WriteRequest
{
    private const int BytesARow = 2048; // Large events count as several.

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _completion.Task;

    public override int Rows { get; } = events.Sum(item => 1 + (item.Envelope.Data.Length / BytesARow));

    public override bool Durable => durable;

    public override void Run(EventConnection connection, WriteScope scope)
    {
        if (!scope.HasRoom)
        {
            housekeeper.EnsureRoom(connection);
            scope.HasRoom = true;
        }

        foreach (ref readonly var item in events.AsSpan())
        {
            scope.TailOf(item.Topic).Append(connection, item);
        }

        scope.TellOthers();
    }

    public override void Committed() => _completion.TrySetResult();

    public override void Failed(Exception exception) => _completion.TrySetException(exception);
}

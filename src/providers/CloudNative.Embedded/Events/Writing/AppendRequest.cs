using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Storage;
using CloudNative.Eventing;
using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>Events to store, all or none.</summary>
internal sealed class AppendRequest(NewEvent[] events, LogSession session) : WriteRequest
{
    private const int BytesARow = 2048; // Large events count as several.

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _completion.Task;

    public override int Rows { get; } = CountRows(events);

    public override bool Durable { get; } = session.Options.Events.Durability == EventDurability.Full;

    public override void Run(EventConnection connection, WriteScope scope)
    {
        if (!scope.HasRoom)
        {
            session.Housekeeper.EnsureRoom(connection);
            scope.HasRoom = true;
        }

        foreach (ref readonly var item in events.AsSpan())
        {
            scope.TailOf(item.Topic).Append(connection, item);
        }

        scope.TellOthers();
    }

    public override void Committed() => _completion.TrySetResult();

    /// <summary>Tells the publisher as the contract has it.</summary>
    public override void Failed(Exception exception)
    {
        session.Look(exception);
        _completion.TrySetException(
            exception is EmbeddedStoreException ? new EventTransportException(exception.Message, exception) : exception);
    }

    private static int CountRows(NewEvent[] events)
    {
        var rows = events.Length;
        foreach (ref readonly var item in events.AsSpan())
        {
            rows += item.Envelope.Data.Length / BytesARow;
        }

        return rows;
    }
}

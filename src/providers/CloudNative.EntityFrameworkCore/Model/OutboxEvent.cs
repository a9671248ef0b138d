using CloudNative.Eventing;
using CloudNative.Shared.Outbox;

namespace CloudNative.EntityFrameworkCore.Model;

/// <summary>An event that waits for the relay.</summary>
internal sealed class OutboxEvent : EventRow
{
    public static OutboxEvent From(OutgoingEvent outgoing, DateTimeOffset now)
    {
        var values = OutboxRow.Values(outgoing, now);
        return new OutboxEvent
        {
            Topic = (string)values[0]!,
            Source = (string)values[1]!,
            Id = (string)values[2]!,
            Type = (string)values[3]!,
            Subject = (string?)values[4],
            Time = (string?)values[5],
            ContentType = (string?)values[6],
            DataSchema = (string?)values[7],
            PartitionKey = (string?)values[8],
            TraceParent = (string?)values[9],
            TraceState = (string?)values[10],
            Extensions = (string?)values[11],
            Data = (byte[])values[12]!,
            Delay = (long)values[13]!,
            Enqueued = (long)values[14]!,
        };
    }
}

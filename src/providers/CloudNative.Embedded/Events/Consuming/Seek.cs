using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Writing;
using CloudNative.Eventing;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>Moves a group within its topic.</summary>
internal static class Seek
{
    /// <summary>In a transaction. The position of the next event; null when there is no such group.</summary>
    public static long? Run(EventConnection connection, WriteScope scope, string topic, string group, ReplayPoint point)
    {
        if (TopicRows.Find(connection, topic) is not { } topicId || GroupRows.Find(connection, topicId, group) is not { } row)
        {
            return null;
        }

        var (oldest, end) = (TopicRows.Floor(connection, topicId) + 1, EventRows.Last(connection, topicId).Position + 1);
        var wanted = point.Time is { } time ? FirstSince(connection, topicId, time, oldest, end) : point.Position ?? oldest;
        var next = Math.Min(Math.Max(wanted, oldest), end);
        ShareRows.Move(connection, row.Id, next - 1);
        DeliveryRows.Clear(connection, row.Id);
        GroupRows.SetStart(connection, row.Id, next - 1);
        GroupRows.Advance(connection, row.Id);
        scope.TellOthers();
        return next;
    }

    // Times never fall along the log, so halving finds the place.
    private static long FirstSince(EventConnection connection, long topic, DateTimeOffset time, long oldest, long end)
    {
        var wanted = time.ToUnixTimeMilliseconds() + (time.UtcTicks % TimeSpan.TicksPerMillisecond > 0 ? 1 : 0);
        while (oldest < end)
        {
            var middle = oldest + ((end - oldest) / 2);
            if (EventRows.FirstFrom(connection, topic, middle) is { } found && found.Stored < wanted)
            {
                oldest = found.Position + 1;
            }
            else
            {
                end = middle;
            }
        }

        return oldest;
    }
}

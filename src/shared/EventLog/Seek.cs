using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>Moves a group within its topic.</summary>
internal static class Seek
{
    /// <summary>In a transaction. The position of the next event; null when there is no such group.</summary>
    public static long? Run(ILogTables tables, ILogScope scope, string topic, string group, ReplayPoint point)
    {
        if (tables.FindTopic(topic) is not { } topicId || tables.FindGroup(topicId, group) is not { } row)
        {
            return null;
        }

        var (oldest, end) = (tables.Floor(topicId) + 1, tables.Last(topicId).Position + 1);
        var wanted = point.Time is { } time ? FirstSince(tables, topicId, time, oldest, end) : point.Position ?? oldest;
        var next = Math.Min(Math.Max(wanted, oldest), end);
        tables.MoveShares(row.Id, next - 1);
        tables.ClearDeliveries(row.Id);
        KeySequence.Seek(tables, scope, row, next);
        tables.SetStart(row.Id, next - 1);
        tables.Advance(row.Id);
        scope.TellOthers();
        return next;
    }

    // Times never fall along the log, so halving finds the place.
    private static long FirstSince(ILogTables tables, long topic, DateTimeOffset time, long oldest, long end)
    {
        var wanted = time.ToUnixTimeMilliseconds() + (time.UtcTicks % TimeSpan.TicksPerMillisecond > 0 ? 1 : 0);
        while (oldest < end)
        {
            var middle = oldest + ((end - oldest) / 2);
            if (tables.FirstFrom(topic, middle) is { } found && found.Stored < wanted)
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
